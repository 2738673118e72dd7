import { expect } from "expect";
import { roomPeople } from "../../lib/client/room_people.ts";
import {
  findSuggestions,
  insertionOf,
  type Nameable,
  type SuggestionSources,
} from "../../lib/client/suggestions.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import { fromSnapshot, type RoomState } from "../../lib/protocol/room_state.ts";
import type { RoomKind } from "../../lib/protocol/types.ts";
import { messageAt, ROOM, room } from "../protocol/room_model.ts";

const person = (name: string, username?: string): Nameable => ({ id: name as UserId, name, username });

/** A room with somebody in it, and a message by somebody else. */
const stateOf = (kind: RoomKind): RoomState =>
  fromSnapshot({
    roomId: ROOM,
    room: { ...room, kind },
    headSeq: 1,
    readSeq: 0,
    messages: [messageAt(1)],
    hasOlder: false,
    members: [{ id: "9" as UserId, name: "Here", state: "online" }],
    presence: { online: 1 },
  });

function sources(more: Partial<SuggestionSources> = {}): SuggestionSources {
  return {
    emoji: () => Promise.resolve([{ emoji: "🍰", name: "shortcake", code: "cake" }]),
    people: () => Promise.resolve([]),
    rooms: () => [],
    ...more,
  };
}

const found = async (word: string, from: SuggestionSources, without: ReadonlySet<UserId> = new Set()) => {
  const [trigger, query] = [word[0] as "@", word.slice(1)];
  return (await findSuggestions({ trigger, query }, from, without)).map(insertionOf);
};

Deno.test("people are found by username and by name, who begins so first, when their name is begun", async () => {
  const people = [person("Anna Lee", "lee"), person("Lena", "lena_k"), person("José", "pepe"), person("Leo")];
  const from = sources({ people: () => Promise.resolve(people) });
  expect(await found("@le", from)).toEqual(["@lee", "@lena_k"]);
  expect(await found("@jose", from)).toEqual(["@pepe"]);
  expect(await found("@", from)).toEqual(["@lee", "@lena_k", "@pepe"]);
  expect(await found("@leo", from)).toEqual([]);
});

Deno.test("a person comes once, and those who are left out never, when several know of them", async () => {
  const [ann, ben] = [person("a", "ann"), person("b", "ben")];
  const from = sources({ people: () => Promise.resolve([ann, ben, { ...ann, avatar: "/a.webp" }]) });
  const all = await findSuggestions({ trigger: "@", query: "" }, from, new Set([ben.id]));
  expect(all).toEqual([{ username: "ann", name: "a", avatar: "/a.webp" }]);
});

Deno.test("rooms with an address of their own are found by it and by their name when it is begun", async () => {
  const rooms = [{ name: "General, English" }, { name: "Garden", slug: "garden" }, {
    name: "The gate",
    slug: "way-in",
  }];
  expect(await found("#ga", sources({ rooms: () => rooms }))).toEqual(["#garden", "#way-in"]);
});

Deno.test("at most eight are suggested when many fit", async () => {
  const rooms = Array.from({ length: 20 }, (_, at) => ({ name: `Room ${at}`, slug: `room-${at}` }));
  expect(await found("#ro", sources({ rooms: () => rooms }))).toHaveLength(8);
});

Deno.test("emoji are written as they are when one is taken", async () => {
  expect(await found(":ca", sources())).toEqual(["🍰"]);
});

Deno.test("members are asked for once when people are needed, and again only after a failure", async () => {
  const asked: string[] = [];
  const answers = [
    new Response("", { status: 503 }),
    Response.json({ success: true, data: { members: [{ id: "m", name: "Mia", username: "mia" }] } }),
  ];
  const people = roomPeople((path) => {
    asked.push(path);
    return Promise.resolve(answers.shift()!);
  }, () => stateOf("slug"));
  const names = async () => (await people()).map(({ name }) => name);
  expect(await names()).toEqual(["Here", "user 2"]);
  expect(await names()).toEqual(["Here", "user 2", "Mia"]);
  expect(await names()).toEqual(["Here", "user 2", "Mia"]);
  expect(asked).toEqual([1, 2].map(() => `/api/rooms/slug/${ROOM}`));
});

Deno.test("nobody is asked for members when a room has none", async () => {
  const asked: string[] = [];
  const people = roomPeople((path) => {
    asked.push(path);
    return Promise.reject(new Error("no network"));
  }, () => stateOf("language"));
  expect((await people()).map(({ name }) => name)).toEqual(["Here", "user 2"]);
  expect(asked).toEqual([]);
});
