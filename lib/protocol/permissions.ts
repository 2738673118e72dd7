import type { AgeRating, Message, RoomInfo, Viewer } from "./types.ts";

export type Action = "read" | "send";

/** The one answer to "may they?": pages, REST and the socket all ask here. */
export function may(viewer: Viewer | null, action: Action, room: RoomInfo): boolean {
  if (room.kind !== "language" || !room.lounge) return false;
  const open = mayEnterLounge(viewer, room.lounge.ageRating);
  return action === "read" ? open : open && viewer !== null;
}

/** RED lounges stand open only to those who asked for them. */
export function mayEnterLounge(viewer: Viewer | null, rating: AgeRating): boolean {
  return rating === "_18PLUS" || viewer?.ageCategory === "_18PLUS_RED";
}

/** Authors change their own words; nobody else does. */
export function mayChange(viewer: Viewer, message: Message): boolean {
  return message.author?.id === viewer.id && message.deletedAt === undefined;
}
