/** Whom and what a room's page knows by name: for mentions, room links, and who reacted. */
import type { UserId } from "../../lib/protocol/ids.ts";
import type { LoungeView, MyRoom } from "../../lib/protocol/types.ts";
import { hrefOf } from "../links.ts";
import type { Known } from "../markdown/known.ts";
import type { RoomPageProps, ViewMessage } from "./props.ts";

export interface Acquaintance {
  /** The same object as long as nobody new is met, so that no message is drawn again for its sake. */
  known: Known;
  names: ReadonlyMap<UserId, string>;
}

type Rooms = Record<string, { name: string; href: string }>;

/** Rooms of the page itself, as messages name them: `book-club`, `music/pt`. */
function roomsOf(rooms: readonly MyRoom[], lounges: readonly LoungeView[]): Rooms {
  const inLounges = lounges.flatMap((lounge) =>
    lounge.rooms.map((room) => {
      const name = `${lounge.name} · ${room.name}`;
      const href = hrefOf({ ...room, kind: "language", lounge });
      return [`${lounge.slug}/${room.language}`.toLowerCase(), { name, href }] as const;
    })
  );
  const mine = rooms.filter(({ slug }) => slug !== undefined)
    .map((room) => [room.slug!.toLowerCase(), { name: room.name, href: hrefOf(room) }] as const);
  return Object.fromEntries([...inLounges, ...mine]);
}

type First = Pick<RoomPageProps, "known" | "rooms" | "lounges"> & { me?: string };

/** What the page begins with. */
export function firstAcquaintance({ known, rooms, lounges, me }: First): Acquaintance {
  return {
    known: {
      people: known?.people,
      emoji: known?.emoji,
      rooms: { ...roomsOf(rooms, lounges), ...known?.rooms },
      me,
    },
    names: new Map(Object.entries(known?.names ?? {}) as [UserId, string][]),
  };
}

/** With those who speak, and those who are here. The same object when that is nobody new. */
export function acquainted(
  before: Acquaintance,
  messages: readonly Pick<ViewMessage, "author">[],
  here: readonly { id: UserId; name: string }[],
): Acquaintance {
  const people: Record<string, { name: string }> = {};
  const names: [UserId, string][] = [];
  for (const { id, name } of here) if (before.names.get(id) !== name) names.push([id, name]);
  for (const { author } of messages) {
    if (!author) continue;
    const { id, name, username } = author;
    if (!before.names.has(id)) names.push([id, name]);
    const key = username?.toLowerCase();
    if (key && !Object.hasOwn(before.known.people ?? {}, key)) people[key] = { name };
  }
  const met = Object.keys(people).length > 0;
  if (!met && names.length === 0) return before;
  return {
    known: met ? { ...before.known, people: { ...before.known.people, ...people } } : before.known,
    names: new Map([...before.names, ...names]),
  };
}
