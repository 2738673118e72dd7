/** What rooms are called: for headings, titles, lists and fields. */
import type { UserId } from "./ids.ts";
import type { Author, RoomKind } from "./types.ts";

/** What a name is made of; `RoomInfo` and `MyRoom` both have it. */
export interface NamedRoom {
  kind: RoomKind;
  name: string;
  lounge?: { name: string };
  /** Direct rooms: everybody in it, oneself too. */
  people?: readonly Pick<Author, "id" | "name">[];
}

export interface RoomNames {
  /** Language rooms: the lounge they belong to. */
  lounge?: string;
  name: string;
}

/**
 * The parts of a room's name. A direct room is called by the others in it; once they are gone, by who is left.
 * @param viewerId who reads it: in direct rooms they leave themselves out
 */
export function roomNames(room: NamedRoom, viewerId?: UserId | null): RoomNames {
  if (room.kind !== "direct") return { lounge: room.lounge?.name, name: room.name };
  const everybody = room.people ?? [];
  const others = everybody.filter(({ id }) => id !== viewerId);
  const names = (others.length > 0 ? others : everybody).map(({ name }) => name);
  return { name: names.join(", ") || room.name || "Direct messages" };
}

/** The whole name in one line: `General · English`, `Ann, Ben`, `Book club`. */
export function roomTitle(room: NamedRoom, viewerId?: UserId | null): string {
  const { lounge, name } = roomNames(room, viewerId);
  return lounge ? `${lounge} · ${name}` : name;
}
