import type { LanguageTalk } from "./shape.ts";

export const german: LanguageTalk = {
  name: "Deutsch",
  rooms: {
    general: {
      topic: "Komm rein, Schuhe darfst du anlassen",
      conversations: [
        [
          [
            "Hannah",
            "Guten Morgen! Unser Hausflur diskutiert seit drei Tagen per Zettel über einen Kinderwagen.",
          ],
          ["Emre", "Wie viele Zettel?"],
          ["Hannah", "Sieben. Der letzte zitiert die Brandschutzordnung, der vorletzte Goethe.", 1],
          ["Jonas", "Bitte abfotografieren, bevor jemand den Konflikt friedlich löst"],
          ["Anneke", "In Utrecht hätte man das bei einem Kaffee geklärt. Aber Goethe ist natürlich schöner."],
          [
            "Hannah",
            "Stand heute: Jemand hat einen Blumentopf dazugestellt. Eskalation oder Versöhnung, unklar.",
            2,
          ],
        ],
        [
          ["Jonas", "Mein Sauerteig hat heute einen Namen bekommen: Gerhard Brotfried."],
          ["Emre", "Und wie geht es Gerhard?"],
          ["Jonas", "Er blubbert. Ich rede mehr mit ihm als mit meinen Kollegen.", 1],
          [
            "Hannah",
            "Das Kinderwagen-Drama ist vorbei! Es gab Kuchen im Hof. Der Goethe-Zettel hängt jetzt gerahmt.",
          ],
          ["Anneke", "Kuchen im Hof ist die höchste Form des Völkerrechts", 1],
          ["Emre", "Ich bringe am Samstag Börek mit, falls noch jemand Frieden braucht"],
          ["Jonas", "Ich fange sofort einen Streit an", 1],
        ],
      ],
    },
    music: {
      topic: "Von Bach bis Bass, Hauptsache laut genug",
      conversations: [
        [
          [
            "Emre",
            "Ich habe die Bağlama meines Großvaters neu besaiten lassen. Sie klang dreißig Jahre lang nur an der Wand.",
          ],
          ["Hannah", "Und jetzt?"],
          ["Emre", "Jetzt weint meine Mutter beim Abwasch. Auf gute Art.", 1],
          ["Jonas", "Nimm das bitte auf, und wenn es nur mit dem Handy ist"],
          ["Anneke", "Mit Abwaschgeräuschen! Unbedingt mit Abwaschgeräuschen."],
          ["Emre", "Mach ich. Titel: ‚Türkü in Spülwasser-Dur'.", 1],
        ],
        [
          [
            "Jonas",
            "Chorprobe: ‚Jauchzet, frohlocket' im November, der Bass erkältet, der Tenor verliebt. Es wird trotzdem.",
          ],
          ["Hannah", "Der Tenor ist immer verliebt"],
          ["Jonas", "Diesmal in den Alt. Man hört es im dritten Takt.", 1],
          ["Emre", "Kommt ihr danach mit ins Berghain oder seid ihr dann zu besinnlich?"],
          ["Anneke", "Erst Bach, dann Bass. Bringt Ohrstöpsel mit, für beides."],
          ["Jonas", "Der Tenor kommt sicher mit, wenn der Alt mitkommt", 2],
        ],
      ],
    },
    tech: {
      topic: "Ein- und ausschalten haben wir schon versucht",
      conversations: [
        [
          [
            "Anneke",
            "Die Behörde bittet um ein Fax. Ein Fax! Ich habe ein Programm geschrieben, das so tut, als wäre es 1994.",
          ],
          ["Emre", "Open Source?"],
          ["Anneke", "Klar. Es heißt ‚Faxen machen'. Schon vierhundert Sterne.", 1],
          ["Hannah", "Das ist der deutscheste Erfolg, den ich je gesehen habe"],
          ["Jonas", "Kann es auch ein Besetztzeichen? Der Echtheit wegen."],
          ["Anneke", "Steht in Version 1.1, zusammen mit Papierstau", 1],
        ],
        [
          ["Hannah", "Hat jemand Erfahrung mit Backups zu Hause? Ich will nicht erst durch Schmerz lernen."],
          [
            "Emre",
            "restic auf eine alte Platte bei den Eltern. Läuft jede Nacht, und einmal im Quartal spiele ich etwas zurück.",
          ],
          ["Hannah", "Das Zurückspielen ist wohl der Teil, den alle weglassen", 1],
          ["Jonas", "Ein Backup ohne Probe ist nur eine Hoffnung mit Dateinamen"],
          ["Anneke", "Und schreib das Passwort auf Papier. Zu den Geburtsurkunden."],
          ["Hannah", "Erledigt. Meine Eltern nennen die Platte jetzt ‚das Enkelkind'.", 1],
        ],
      ],
    },
    games: {
      topic: "Brettspiele, Pixel und wer heute die Regeln liest",
      conversations: [
        [
          ["Jonas", "Wir spielen Dienstag wieder. Wer liest diesmal die Anleitung wirklich?"],
          ["Hannah", "Ich. Letztes Mal haben wir zwei Stunden lang ein anderes Spiel gespielt."],
          ["Emre", "Unsere Variante war besser", 1],
          ["Anneke", "Bei eurer Variante hat die Katze gewonnen"],
          ["Jonas", "Die Katze hat sich den Sieg erarbeitet. Sie lag auf allen Rohstoffen.", 1],
          ["Hannah", "Dienstag, 19 Uhr, Regeln dabei, Katze im Schlafzimmer"],
        ],
        [
          ["Emre", "Stardew Valley, Jahr drei: Ich habe Urlaub genommen, um auf meinem Hof zu arbeiten."],
          ["Hannah", "Und in echt vertrocknet dein Basilikum"],
          ["Emre", "Das Basilikum hat mir auch nie ein Fest ausgerichtet", 1],
          ["Anneke", "Suche zwei Leute für Overcooked. Wir schreien, aber wir lieben uns danach wieder."],
          ["Jonas", "Ich kann Zwiebeln schneiden und Panik", 1],
          ["Anneke", "Du bist eingestellt. Freitag!", 1],
        ],
      ],
    },
    "late-night": {
      topic: "Wenn die Straßenbahn schläft",
      conversations: [
        [
          [
            "Hannah",
            "Halb zwei. Im Haus gegenüber brennt noch genau ein Licht. Ich winke jetzt einfach mal.",
          ],
          ["Jonas", "Und?"],
          ["Hannah", "Es hat ZURÜCKGEWUNKEN. Ich liege unter dem Fenster.", 1],
          ["Emre", "So fangen Filme an. Gute wie schlechte."],
          ["Anneke", "Morgen um dieselbe Zeit noch einmal. Mit Lippenstift.", 2],
          ["Hannah", "Ihr seid mir keine Hilfe. Genau deshalb mag ich euch.", 1],
        ],
        [
          [
            "Emre",
            "Sie hat im Auto meine Hand genommen, an einer roten Ampel. Es wurde grün. Keiner ist gefahren.",
          ],
          ["Anneke", "Hat wer gehupt?"],
          ["Emre", "Alle. Es klang wie Applaus.", 1],
          [
            "Hannah",
            "Das Licht gegenüber heißt übrigens Ben. Er hatte einen Zettel im Fenster, mit Fragezeichen und Tee drauf.",
          ],
          ["Jonas", "Ein Fragezeichen und Tee. Ich bin gerührt und ein bisschen neidisch.", 1],
          ["Anneke", "Gute Nacht, ihr Verliebten. Wasser trinken nicht vergessen."],
        ],
      ],
    },
  },
};
