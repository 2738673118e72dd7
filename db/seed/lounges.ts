import type { AgeRating } from "../../lib/protocol/types.ts";
import type { LoungeSlug } from "./shape.ts";

/** The public lounges, in the order of the list. */
export const LOUNGES: readonly {
  slug: LoungeSlug;
  name: string;
  description: string;
  ageRating: AgeRating;
}[] = [
  {
    slug: "general",
    name: "General",
    description: "The big table by the window. Whatever is on your mind.",
    ageRating: "_18PLUS",
  },
  {
    slug: "music",
    name: "Music",
    description: "What you are playing, hearing, or humming without noticing.",
    ageRating: "_18PLUS",
  },
  {
    slug: "tech",
    name: "Tech",
    description: "Code, gadgets, and the one-line fix that took all day.",
    ageRating: "_18PLUS",
  },
  {
    slug: "games",
    name: "Games",
    description: "Boards, cards and controllers. Find somebody for tonight.",
    ageRating: "_18PLUS",
  },
  {
    slug: "late-night",
    name: "Late night",
    description: "For grown-ups who are still awake. Love, longing, leftovers.",
    ageRating: "_18PLUS_RED",
  },
];
