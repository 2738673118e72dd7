/** Whom a message in this room may be about. */
import type { RoomState } from "../protocol/room_state.ts";
import type { Member } from "../protocol/types.ts";
import { call, type Fetch } from "./api.ts";
import type { Nameable } from "./suggestions.ts";

/** Kinds whose members are told to those who are in. A direct room's people stand in its info. */
const WITH_MEMBERS = new Set(["slug", "password"]);

/**
 * Asks for a room's members when they are first needed, and not again. Without an answer there are none this time.
 * @returns who may be meant: those who are here, then those who spoke last, then the members
 */
export function roomPeople(fetch: Fetch, stateOf: () => RoomState): () => Promise<Nameable[]> {
  let members: Promise<Member[]> | null = null;
  const ask = ({ room }: RoomState): Promise<Member[]> => {
    if (!WITH_MEMBERS.has(room.kind)) return Promise.resolve([]);
    return members ??= call<{ members?: Member[] }>(fetch, `/api/rooms/slug/${room.id}`)
      .then(({ members = [] }) => members)
      .catch(() => {
        members = null;
        return [];
      });
  };
  return async () => {
    const listed = await ask(stateOf());
    const { people, messages, room } = stateOf();
    const authors = messages.toReversed().flatMap(({ author }) => author ?? []);
    return [...people, ...authors, ...room.people ?? [], ...listed];
  };
}
