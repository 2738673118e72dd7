import type { StickerId } from "../../lib/protocol/stickers.ts";

/** What people look for when they mean a sticker, beside its label and what is to be seen: parted by spaces. */
export const KEYWORDS: Readonly<Record<StickerId, string>> = {
  "hello": "hi hey welcome wave greeting",
  "thanks": "thx grateful kind heart",
  "yes": "ok agree good great like sure thumb",
  "no": "nope stop disagree wrong never",
  "laughing": "lol haha rofl funny joy",
  "crying": "sad tears sob unhappy",
  "love": "heart adore like crush",
  "hugs": "hug cuddle comfort friends care",
  "thinking": "hmm why question wonder doubt",
  "good-night": "sleepy tired bed dream zzz moon",
  "good-morning": "sun day wake early sunrise",
  "party": "birthday celebrate hooray congratulations confetti",
  "applause": "clap bravo well done congrats",
  "shock": "surprised scared omg what cat",
  "angry": "mad grumpy cross annoyed storm teacup",
  "sorry": "apology sad regret oops candle",
  "coffee": "tea break drink cup cozy",
  "reading": "book study learn cat",
  "music": "song listen dance headphones",
  "gaming": "game play controller win cat",
  "on-my-way": "omw coming soon fast moth",
  "waiting": "bored slow later patience candle",
  "wow": "amazing awesome great star shine",
  "goodbye": "bye farewell leave later wave boat",
};
