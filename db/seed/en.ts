import type { LanguageTalk } from "./shape.ts";
import { generalEnglish } from "./en_general.ts";

export const english: LanguageTalk = {
  name: "English",
  rooms: {
    general: generalEnglish,
    music: {
      topic: "What is on repeat, and why you should hear it too",
      conversations: [
        [
          [
            "Kofi",
            "Found a box of highlife 45s at my uncle's place in Kumasi. Half of them play. The half that play are magic.",
          ],
          ["Zoe", "please tell me you're digitising those"],
          ["Kofi", "One side an evening, with a cloth and a lot of patience. E.T. Mensah tonight.", 1],
          ["Callum", "that trumpet tone sounds like the sun coming up"],
          ["Priya", "Put them somewhere we can listen? I'll trade you my nani's ghazal tapes."],
          ["Kofi", "Deal. Cassette hiss is a genre and I will not hear otherwise.", 1],
        ],
        [
          ["Tom", "Band practice report: four adults spent two hours deciding on a tempo"],
          ["Zoe", "and?"],
          ["Tom", "92", 1],
          ["Maya", "92 is objectively the correct tempo for anything with a tambourine in it"],
          [
            "Callum",
            "We once recorded the same song at 90, 91 and 92. Nobody could tell. We still argued for a week.",
          ],
          [
            "Ruth",
            "I sing alto in a choir of seventy. We do not get asked about tempo. It is very peaceful.",
          ],
          ["Tom", "Ruth, is there room for a tired bassist", 1],
        ],
      ],
    },
    tech: {
      topic: "Things that compile, things that should, and what broke today",
      conversations: [
        [
          [
            "Dev",
            "TIL our nightly job had been succeeding for eight months because it caught its own exception and returned 0",
          ],
          ["Priya", "The calm before the backlog."],
          ["Maya", "I keep a sticky note on my monitor: 'silence is not success'"],
          ["Dev", "Stealing that. Now restoring eight months of thumbnails.", 1],
          ["Callum", "on the bright side, you finally know the restore works"],
          ["Dev", "…checking", 1],
        ],
        [
          ["Priya", "Anyone moved from a pile of cron scripts to a proper queue without losing a weekend?"],
          [
            "Tom",
            "A table in Postgres with SELECT … FOR UPDATE SKIP LOCKED. Forty lines. Been boring for three years.",
          ],
          ["Priya", "Boring is exactly what I'm shopping for.", 1],
          ["Kofi", "add a dead_letter column on day one, not on day ninety"],
          ["Zoe", "and something that shouts when the oldest job is over five minutes old"],
          ["Priya", "Writing these down. You people are cheaper than a conference.", 1],
          ["Tom", "The hallway track is where the good stuff is anyway"],
        ],
      ],
    },
    games: {
      topic: "Co-op partners wanted, spoilers behind a warning please",
      conversations: [
        [
          ["Zoe", "Finished Outer Wilds at 3am. I have no one to talk to about it who isn't also crying."],
          ["Callum", "first time? I envy you and I'm sorry"],
          ["Zoe", "I just sat there through the credits listening to the banjo", 1],
          ["Maya", "Now don't look anything up about the expansion. Just go. In the dark. With a lantern."],
          ["Dev", "the lantern part is not a joke"],
          ["Zoe", "this room is a bad influence and I'm downloading it", 2],
        ],
        [
          ["Callum", "Chess club update: lost to a nine-year-old. She offered me a draw first, out of pity."],
          ["Ruth", "Did you take it?"],
          ["Callum", "I did not, and that is how I learned about the Fried Liver", 1],
          ["Kofi", "My niece is eleven and collects adults like you"],
          ["Tom", "Two of us need a third for Deep Rock tonight, 9 UK. We're loud but we share ammo."],
          ["Zoe", "Rock and stone, I'm in", 1],
        ],
      ],
    },
    "late-night": {
      topic: "For the hours when the kettle is the loudest thing in the house",
      conversations: [
        [
          ["Ruth", "Night shift, ward asleep, tea going cold. Tell me something ordinary about your day."],
          [
            "Kofi",
            "I fixed a drawer that has been crooked since we moved in. Nobody noticed. I keep opening it.",
          ],
          ["Ruth", "I would have noticed. I'd have said 'good drawer'.", 1],
          [
            "Zoe",
            "second date tonight. He brought a spare scarf because I'd said I'm always cold. I'm in trouble.",
          ],
          ["Callum", "a spare scarf is practically a proposal"],
          ["Ruth", "Marry the scarf. See about the man.", 1],
        ],
        [
          ["Maya", "Is it odd to miss someone most while brushing your teeth?"],
          ["Tom", "Not odd. It's the one time of day you stand still next to an empty spot."],
          ["Maya", "ouch. true. ouch.", 1],
          [
            "Priya",
            "We broke up in spring, and I still buy the good bread on Fridays. I've decided it's for me.",
          ],
          ["Zoe", "It was always for you, Priya. Good bread waits for no one.", 1],
          ["Ruth", "Four o'clock. The birds have started arguing. Sleep, all of you."],
        ],
      ],
    },
  },
};
