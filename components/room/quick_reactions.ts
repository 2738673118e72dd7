/** One click away; all others are in the panel. Each as Unicode recommends it for interchange. */
export const QUICK_REACTIONS = [
  { emoji: "👍", name: "thumbs up" },
  { emoji: "❤️", name: "heart" },
  { emoji: "😂", name: "laughing" },
  { emoji: "🎉", name: "celebrating" },
  { emoji: "😮", name: "surprised" },
  { emoji: "😢", name: "sad" },
] as const;
