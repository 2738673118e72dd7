import { expect } from "expect";
import { acquainted, firstAcquaintance } from "../../components/room/acquaintance.ts";
import { whoReacted } from "../../components/room/Reactions.tsx";
import { matchingRooms } from "../../components/room/switcher_match.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";

const ME = "1" as UserId;
const ids = (...numbers: number[]) => numbers.map((number) => `${number}` as UserId);
const nameOf = (id: UserId) => ({ "1": "Me", "2": "Ann", "3": "Ben" })[id as string];

Deno.test("a chip says whose the reaction is", () => {
  expect(whoReacted(ids(1), ME, nameOf)).toBe("You");
  expect(whoReacted(ids(2, 1), ME, nameOf)).toBe("You and Ann");
  expect(whoReacted(ids(1, 2, 3), null, nameOf)).toBe("Me, Ann and Ben");
  expect(whoReacted(ids(9), ME, nameOf)).toBe("one person");
  expect(whoReacted(ids(8, 9), ME, nameOf)).toBe("2 people");
  expect(whoReacted(ids(2, 9), ME, nameOf)).toBe("Ann and 1 other");
  expect(whoReacted(ids(1, 2, 8, 9), ME, nameOf)).toBe("You, Ann and 2 others");
});

const COMMON = { kind: "slug", dir: "ltr", role: "member", headSeq: 5, mentions: 0, online: 0 } as const;
const room = (id: number, name: string, more: Partial<MyRoom> = {}): MyRoom => (
  {
    ...COMMON,
    id: `${id}` as RoomId,
    name,
    slug: name.toLowerCase().replaceAll(" ", "-"),
    readSeq: 5,
    unread: 0,
    ...more,
  }
);

Deno.test("the switcher finds rooms by the beginnings of words, whatever their case and accents", () => {
  const rooms = [room(1, "Book club"), room(2, "Café Olé"), room(3, "Old books"), room(4, "Tea")];
  const names = (query: string) => matchingRooms(rooms, query, ME).map(({ name }) => name);
  expect(names("book")).toEqual(["Book club", "Old books"]);
  expect(names("OLE ca")).toEqual(["Café Olé"]);
  expect(names("ook")).toEqual([]);
  expect(names("")).toEqual(["Book club", "Café Olé", "Old books", "Tea"]);
});

Deno.test("the switcher puts first what is new, and mentions before that", () => {
  const rooms = [room(1, "A"), room(2, "B", { unread: 4 }), room(3, "C", { unread: 4, mentions: 1 })];
  expect(matchingRooms(rooms, "", ME).map(({ name }) => name)).toEqual(["C", "B", "A"]);
});

Deno.test("a page knows those who speak by their usernames, and is the same while nobody new does", () => {
  const first = firstAcquaintance({
    rooms: [room(1, "Book club")],
    lounges: [],
    known: { people: { cleo: { name: "Cleo" } }, rooms: { tea: { name: "Tea", href: "/r/tea" } } },
    me: "ann",
  });
  expect(first.known.rooms).toEqual({
    "book-club": { name: "Book club", href: "/r/book-club" },
    tea: { name: "Tea", href: "/r/tea" },
  });
  const ben = { author: { id: "3" as UserId, name: "Ben", username: "Ben_B" } };
  const then = acquainted(first, [ben], []);
  expect(then.known.people).toEqual({ cleo: { name: "Cleo" }, ben_b: { name: "Ben" } });
  expect(acquainted(then, [ben, ben], [])).toBe(then);
  const here = acquainted(then, [], [{ id: "7" as UserId, name: "Guest" }]);
  expect([here.known === then.known, here.names.get("7" as UserId)]).toEqual([true, "Guest"]);
});
