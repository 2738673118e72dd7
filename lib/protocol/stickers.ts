/** The stickers: "a lantern and its friends". A STICKER message says the id of one; the drawings are static files. */

/** Of the drawings as a whole. They are cached for good, so a changed drawing means a new folder and a new number. */
const VERSION = 1;
/** Pixels a side, as they are drawn; being SVG, they can have any size. */
export const STICKER_PIXELS = 160;

export interface Sticker {
  readonly id: string;
  /** What it says, in a word or two: for buttons, and where a message is told in one line. */
  readonly label: string;
  /** What is to be seen, for those who do not see it. */
  readonly alt: string;
}

/** In the order of the picker. Ids are kept in messages: one that was given out never goes. */
export const STICKERS = [
  { id: "hello", label: "Hello", alt: "A lantern waves hello" },
  { id: "thanks", label: "Thank you", alt: "A moth holds out a heart" },
  {
    id: "yes",
    label: "Yes",
    alt: "A lantern puts a thumb up",
  },
  {
    id: "no",
    label: "No",
    alt: "A lantern holds up a red cross",
  },
  {
    id: "laughing",
    label: "Laughing",
    alt: "A lantern laughs to tears",
  },
  { id: "crying", label: "Crying", alt: "A lantern cries a puddle" },
  {
    id: "love",
    label: "Love",
    alt: "A lantern with hearts for eyes holds a heart",
  },
  { id: "hugs", label: "Hugs", alt: "A cat hugs a lantern" },
  {
    id: "thinking",
    label: "Thinking",
    alt: "A lantern with a hand at its chin wonders",
  },
  {
    id: "good-night",
    label: "Good night",
    alt: "The moon is asleep",
  },
  {
    id: "good-morning",
    label: "Good morning",
    alt: "The sun rises, laughing",
  },
  {
    id: "party",
    label: "Party",
    alt: "A lantern in a party hat throws confetti",
  },
  { id: "applause", label: "Applause", alt: "A lantern claps" },
  {
    id: "shock",
    label: "Shocked",
    alt: "A cat with its fur on end",
  },
  {
    id: "angry",
    label: "Angry",
    alt: "A teacup fumes",
  },
  { id: "sorry", label: "Sorry", alt: "A candle melts in tears" },
  {
    id: "coffee",
    label: "Coffee",
    alt: "A smiling cup with a heart in its steam",
  },
  { id: "reading", label: "Reading", alt: "A cat in glasses reads a book" },
  {
    id: "music",
    label: "Music",
    alt: "A lantern in headphones listens",
  },
  {
    id: "gaming",
    label: "Gaming",
    alt: "A cat with a game controller",
  },
  {
    id: "on-my-way",
    label: "On my way",
    alt: "A moth hurries by with a small lantern",
  },
  {
    id: "waiting",
    label: "Waiting",
    alt: "A bored candle burns down",
  },
  {
    id: "wow",
    label: "Wow",
    alt: "A shining lantern with stars for eyes",
  },
  {
    id: "goodbye",
    label: "Goodbye",
    alt: "A lantern in a paper boat waves goodbye",
  },
] as const satisfies readonly Sticker[];

export type StickerId = typeof STICKERS[number]["id"];

/** Whether a message of the kind STICKER may say this. */
export function isSticker(id: unknown): id is StickerId {
  return STICKERS.some((sticker) => sticker.id === id);
}

/** @throws never: what is not a sticker is not a {@link StickerId} */
export function stickerOf(id: StickerId): Sticker {
  return STICKERS.find((sticker) => sticker.id === id)!;
}

/** Where its drawing is. */
export function stickerPath(id: StickerId): string {
  return `/stickers/v${VERSION}/${id}.svg`;
}
