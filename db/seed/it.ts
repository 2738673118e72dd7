import type { LanguageTalk } from "./shape.ts";

export const italian: LanguageTalk = {
  name: "Italiano",
  rooms: {
    general: {
      topic: "Come al bar, ma senza la fila alla cassa",
      conversations: [
        [
          [
            "Giulia",
            "Buongiorno! Mia nonna ha scoperto che metto la panna nella carbonara. Non mi ha urlato. Ha sospirato. Aiuto.",
          ],
          ["Marco", "Il sospiro è il livello finale"],
          ["Elisa", "Scusa, ma LA PANNA?", 2],
          ["Giulia", "Ero giovane. Era ieri.", 1],
          ["Nico", "Vai da lei domenica con sei uova e un guanciale, e chiedi perdono"],
          ["Giulia", "Prenotato il treno. Porto anche i fiori.", 1],
        ],
        [
          [
            "Nico",
            "Il mio condominio ha votato: l'ascensore si ripara. Tre ore di assemblea, un infarto sfiorato, otto a sette.",
          ],
          ["Elisa", "Chi ha votato contro?"],
          ["Nico", "Quelli del primo piano. Compatti.", 1],
          ["Marco", "La democrazia si misura al sesto piano, con la spesa in mano"],
          [
            "Giulia",
            "Aggiornamento nonna: perdonata. Ma adesso mi sorveglia in videochiamata mentre cucino.",
          ],
          ["Elisa", "È amore, con il controllo qualità", 1],
          ["Marco", "Falle fare un canale, lo guardiamo tutti"],
        ],
      ],
    },
    music: {
      topic: "Cantautori, conservatorio e cori da doccia",
      conversations: [
        [
          [
            "Marco",
            "Ho portato mio nipote al suo primo concerto, Vinicio Capossela. A metà mi fa: «zio, ma questo è un pirata?»",
          ],
          ["Elisa", "Tecnicamente sì"],
          ["Marco", "Ora vuole la fisarmonica. Mia sorella non mi parla più.", 1],
          ["Nico", "La fisarmonica è per sempre, come i tatuaggi, ma più rumorosa"],
          ["Giulia", "Regalagli anche un cappello da capitano. Il danno ormai è fatto."],
          ["Marco", "Già ordinato 🏴‍☠️", 1],
        ],
        [
          [
            "Elisa",
            "Prova generale della Traviata: il soprano ha avuto il singhiozzo proprio su 'Addio del passato'.",
          ],
          ["Giulia", "No! E il maestro?"],
          ["Elisa", "Ha rallentato per aiutarla. Il singhiozzo si è messo a tempo.", 1],
          ["Nico", "Verdi avrebbe approvato"],
          ["Marco", "Ditemi che domani è guarita, ho due posti in loggione"],
          ["Elisa", "Guarita. Bevuto un bicchiere d'acqua al contrario, metodo della sarta.", 1],
        ],
      ],
    },
    tech: {
      topic: "Spegni, riaccendi, prega",
      conversations: [
        [
          ["Nico", "Ho trovato nel codice un commento del 2009: «provvisorio, da rivedere lunedì»."],
          ["Marco", "Quale lunedì?"],
          ["Nico", "Nessuno lo sa. Regge tutta la fatturazione.", 1],
          ["Elisa", "Non c'è niente di più definitivo del provvisorio"],
          ["Giulia", "Fate una festa di compleanno per quella riga, se la merita"],
          ["Nico", "Lunedì, ovviamente 🎂", 1],
        ],
        [
          ["Giulia", "Cerco consiglio: sensori per sapere se le piante hanno sete. Ne ho uccise già troppe."],
          [
            "Marco",
            "ESP32, un sensore capacitivo, non quello resistivo che si corrode. Quindici euro in tutto.",
          ],
          ["Giulia", "E quando ha sete cosa fa?", 1],
          ["Marco", "Ti scrive. Il mio ficus mi scrive più di mio fratello.", 1],
          ["Elisa", "Fallo scrivere con il tono della nonna di Giulia: «non ti preoccupare per me»"],
          ["Giulia", "Così le annaffio per senso di colpa. Geniale.", 1],
        ],
      ],
    },
    games: {
      topic: "Scopa, dadi e pad: qui si gioca sul serio",
      conversations: [
        [
          [
            "Elisa",
            "Torneo di briscola al circolo. Ho perso contro due signore che comunicavano con le sopracciglia.",
          ],
          ["Nico", "È legale?"],
          ["Elisa", "È la tradizione. Hanno novant'anni in due mani di carte.", 1],
          ["Giulia", "Mia zia segna il tre arricciando il naso. Per anni ho creduto fosse allergia."],
          ["Marco", "Serve una scuola serale di smorfie"],
          ["Elisa", "Le signore accettano allievi, pagamento in crostate", 1],
        ],
        [
          [
            "Marco",
            "Dopo quaranta ore di Baldur's Gate 3 sono ancora al primo atto. Ho adottato tutti gli animali.",
          ],
          ["Giulia", "Il gufo-orso?"],
          ["Marco", "Soprattutto il gufo-orso.", 1],
          ["Nico", "Io cerco un quarto per una campagna D&D il giovedì. Abbiamo un bardo, purtroppo."],
          ["Elisa", "Presente! Faccio il chierico, qualcuno dovrà pur rianimare il bardo.", 1],
          ["Nico", "Benvenuta. Il bardo è Marco.", 1],
        ],
      ],
    },
    "late-night": {
      topic: "L'ora in cui si dicono le cose vere",
      conversations: [
        [
          [
            "Giulia",
            "Roma alle tre: una fontana, un motorino lontano, e io che rileggo un messaggio di quattro parole.",
          ],
          ["Marco", "Quali quattro?"],
          ["Giulia", "«Sei arrivata a casa?»", 1],
          ["Elisa", "È la frase più romantica della lingua italiana"],
          ["Nico", "Rispondi solo: «quasi». E aspetta.", 2],
          ["Giulia", "…ha scritto «torno indietro?» Vado. Non aspettatemi. 🌙", 1],
        ],
        [
          ["Nico", "Mi ha insegnato a riconoscere le costellazioni. Ne ricordo una sola, guardavo altro."],
          ["Elisa", "Quale ricordi?"],
          ["Nico", "Cassiopea. L'ha disegnata sul mio palmo, con un dito.", 1],
          ["Marco", "Io da stasera studio astronomia"],
          [
            "Elisa",
            "A me invece ha lasciato l'ultimo pezzo di tiramisù. C'è chi disegna stelle e chi fa sacrifici veri.",
          ],
          ["Giulia", "Il tiramisù vince. Buonanotte, sentimentali.", 1],
        ],
      ],
    },
  },
};
