/** Whom and what messages name, for the page that shows them. */
import type { Sql } from "../../db/client.ts";
import { namesByUsername, namesOf, publicRoomsNamed } from "../../db/queries/names.ts";
import type { UserId } from "../protocol/ids.ts";
import { isWritten } from "../protocol/attachments.ts";
import { emojiUsed, loadEmoji } from "../protocol/markdown/emoji.ts";
import { mentionsIn, roomLinksIn, shortcodesIn } from "../protocol/markdown/named.ts";
import { hrefOf } from "../protocol/room_address.ts";
import type { Message, RoomInfo } from "../protocol/types.ts";

export interface KnownOfMessages {
  /** People whom the messages name, by username in small letters. */
  people?: Record<string, { name: string }>;
  /** Public rooms that they name, by slug. */
  rooms?: Record<string, { name: string; href: string }>;
  /** The emoji of their shortcodes. */
  emoji?: Record<string, string>;
  /** Of people who reacted and do not speak here, by id. */
  names?: Record<UserId, string>;
}

/** What the messages' words and reactions name, as far as there is such a thing. Fields that would be empty are left out. */
export async function knownOf(sql: Sql, room: RoomInfo, messages: Message[]): Promise<KnownOfMessages> {
  const texts = messages.filter(isWritten).map(({ body }) => body);
  const [usernames, slugs] = [each(texts, mentionsIn), each(texts, roomLinksIn)];
  const speakers = new Set(messages.map(({ author }) => author?.id));
  const silent = messages.flatMap(({ reactions = [] }) => reactions.flatMap(({ by }) => by))
    .filter((id) => !speakers.has(id));
  const [people, rooms, names, emoji] = await Promise.all([
    usernames.length > 0 ? namesByUsername(sql, usernames) : [],
    slugs.length > 0 ? publicRoomsNamed(sql, slugs) : [],
    silent.length > 0 ? namesOf(sql, [...new Set(silent)]) : [],
    each(texts, shortcodesIn).length > 0 ? loadEmoji() : null,
  ]);
  const addressed = { ...room, kind: "slug" } as const;
  return {
    ...(people.length > 0 && {
      people: Object.fromEntries(people.map(({ username, name }) => [username, { name }])),
    }),
    ...(rooms.length > 0 && {
      rooms: Object.fromEntries(
        rooms.map(({ slug, name }) => [slug, { name, href: hrefOf({ ...addressed, slug }) }]),
      ),
    }),
    ...(emoji && { emoji: emojiUsed(texts, emoji) }),
    ...(names.length > 0 && { names: Object.fromEntries(names.map(({ id, name }) => [id, name])) }),
  };
}

function each(texts: string[], namedIn: (text: string) => string[]): string[] {
  return [...new Set(texts.flatMap(namedIn))];
}
