const MANNERS = [
  "Amber",
  "Brisk",
  "Calm",
  "Candid",
  "Clever",
  "Gentle",
  "Keen",
  "Lucid",
  "Mellow",
  "Merry",
  "Quiet",
  "Witty",
];
const CREATURES = [
  "Badger",
  "Falcon",
  "Finch",
  "Fox",
  "Heron",
  "Lynx",
  "Magpie",
  "Moth",
  "Otter",
  "Owl",
  "Swift",
  "Wren",
];

/** A name for somebody who did not choose one, such as "Quiet Heron 42". */
export function suggestName(): string {
  const [manner, creature, number] = crypto.getRandomValues(new Uint32Array(3));
  return `${MANNERS[manner! % MANNERS.length]} ${CREATURES[creature! % CREATURES.length]} ${
    number! % 90 + 10
  }`;
}
