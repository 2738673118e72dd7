import type { LanguageTalk } from "./shape.ts";

export const french: LanguageTalk = {
  name: "Français",
  rooms: {
    general: {
      topic: "Le comptoir est ouvert, le café est chaud",
      conversations: [
        [
          [
            "Camille",
            "Bonjour ! J'ai raté mon train de dix secondes. Le conducteur m'a regardée. Il a souri. Il est parti.",
          ],
          ["Théo", "Ce sourire-là, on le leur apprend à l'école"],
          ["Aïcha", "Le prochain est dans combien de temps ?", 2],
          ["Camille", "Cinquante minutes. J'ai un croissant, un roman et une colère très saine.", 1],
          ["Luc", "Alors tout va bien : c'est une matinée, pas un contretemps"],
          ["Camille", "Bon. J'avoue que le croissant plaide en ta faveur.", 1],
        ],
        [
          ["Luc", "Débat du jour : pain au chocolat ou chocolatine ? Je pose ça là et je m'en vais."],
          ["Aïcha", "Reviens ici, lâche"],
          ["Théo", "Je suis de Toulouse, je ne répondrai qu'en présence de mon boulanger"],
          ["Camille", "Chez ma grand-mère, c'était « le petit truc au chocolat ». Paix à tous."],
          ["Aïcha", "Ta grand-mère devrait présider l'ONU.", 1],
          [
            "Théo",
            "Au fait, samedi je cuisine un couscous pour douze. Il en reste toujours pour quinze. Qui passe ?",
          ],
          ["Luc", "J'apporte des petits trucs au chocolat", 1],
        ],
      ],
    },
    music: {
      topic: "Vinyles, guitares désaccordées et refrains qui restent",
      conversations: [
        [
          [
            "Théo",
            "Trouvé un Barbara en 33 tours pour trois euros au vide-grenier. La pochette sent la cave et le tabac.",
          ],
          ["Aïcha", "Lequel ?"],
          ["Théo", "« Göttingen » dessus. J'ai dû m'asseoir sur le bord du trottoir.", 1],
          ["Camille", "Cette chanson a fait plus que bien des traités"],
          [
            "Luc",
            "Mon prof d'allemand nous la passait le dernier jour, chaque année. On sortait tous en reniflant.",
          ],
          ["Théo", "Je la mets ce soir, fenêtres ouvertes. Les voisins n'ont qu'à bien se tenir.", 2],
        ],
        [
          [
            "Aïcha",
            "Mon oncle joue du oud aux mariages depuis quarante ans et il refuse toujours qu'on l'enregistre.",
          ],
          ["Luc", "Pourquoi ?"],
          ["Aïcha", "« Si tu veux l'entendre, viens. » Fin de la discussion.", 1],
          ["Camille", "C'est le meilleur plan marketing du monde"],
          ["Théo", "Le mariage du cousin, c'est quand ? Je demande pour un ami mélomane."],
          ["Aïcha", "En juin. Tu danses, par contre. C'est le prix d'entrée.", 1],
        ],
      ],
    },
    tech: {
      topic: "Ça marchait sur ma machine",
      conversations: [
        [
          ["Luc", "Mise en production un vendredi à 17 h. Je vous écris depuis samedi."],
          ["Camille", "Mais pourquoi, Luc. Pourquoi."],
          ["Luc", "« C'est juste une ligne. » Signé : la ligne.", 1],
          [
            "Aïcha",
            "Chez nous, le vendredi, le bouton de déploiement affiche la photo du responsable d'astreinte. Il nous regarde.",
          ],
          ["Théo", "La dissuasion par le portrait, j'adore"],
          ["Luc", "Je propose la mienne, prise ce matin à 4 h. Effet garanti.", 2],
        ],
        [
          [
            "Camille",
            "J'ai supprimé 1 400 lignes cette semaine et rien n'a changé. Meilleur sprint de ma vie.",
          ],
          ["Théo", "Le code le plus rapide est celui qui n'est plus là"],
          ["Aïcha", "Tu avais des tests ou de la foi ?", 2],
          ["Camille", "Des tests d'abord. La foi pour les trois dernières lignes.", 1],
          ["Luc", "Encadre le diff et accroche-le au-dessus de la cafetière"],
          ["Camille", "C'est fait, en rouge. On dirait un Rothko.", 1],
        ],
      ],
    },
    games: {
      topic: "Jeux de société, manettes et mauvaise foi assumée",
      conversations: [
        [
          ["Aïcha", "Soirée jeux hier : Théo a trahi son propre camp « pour voir »."],
          ["Théo", "La curiosité est une qualité"],
          ["Camille", "Pas dans un jeu coopératif, Théo 😅", 1],
          ["Luc", "On a perdu en onze minutes. Le record de la table tient bon."],
          ["Aïcha", "La prochaine fois, il fait l'arbitre. Et la vaisselle."],
          ["Théo", "J'accepte la vaisselle. Pas l'arbitrage, je me connais.", 1],
        ],
        [
          [
            "Camille",
            "J'ai commencé Clair Obscur : Expédition 33 pour la musique. Je reste pour avoir le cœur brisé.",
          ],
          ["Luc", "Tu en es où ? Promis, je ne dis rien."],
          ["Camille", "Fin du premier acte. Je regarde le mur depuis vingt minutes.", 1],
          ["Aïcha", "On est passés par là. Bois un verre d'eau, appelle quelqu'un que tu aimes."],
          ["Théo", "Et continue. Continue, surtout."],
          ["Camille", "J'ai appelé ma mère. Elle m'a demandé si j'avais mangé. Tout va mieux.", 2],
        ],
      ],
    },
    "late-night": {
      topic: "Après le dernier métro, on parle plus doucement",
      conversations: [
        [
          ["Camille", "Insomnie. La lune est si claire que le chat a une ombre."],
          ["Luc", "Ici il pleut sur le zinc. C'est la plus vieille berceuse de Paris."],
          ["Camille", "Envoie-moi le son, je t'envoie la lune", 1],
          ["Aïcha", "Vous deux, à force de vous échanger la météo, il va se passer quelque chose."],
          ["Théo", "Laisse-les, Aïcha, c'est de la haute couture", 1],
          ["Luc", "…bonne nuit tout le monde 🙈"],
        ],
        [
          [
            "Aïcha",
            "Il m'a fait goûter la sauce à la cuillère, sans rien dire, au milieu d'une dispute. J'ai tout oublié.",
          ],
          ["Camille", "Il savait très bien ce qu'il faisait"],
          ["Théo", "C'était quoi, la sauce ?", 2],
          ["Aïcha", "Échalotes, vin blanc, et beaucoup trop de beurre. Impossible de rester fâchée.", 1],
          ["Luc", "Le beurre : diplomatie française depuis toujours"],
          ["Camille", "Éteignez les lampes, gardez la sauce. À demain.", 1],
        ],
      ],
    },
  },
};
