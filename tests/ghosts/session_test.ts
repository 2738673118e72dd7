/** What a ghost's session opens, and what is said when it opens nothing. */
import { expect } from "expect";
import type { HistoryPage } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { movableClock, startParley } from "../support/node.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal, roomOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import {
  briefRoom,
  connectGhost,
  expire,
  ghost,
  ghostRoom,
  idOf,
  lastSeen,
  look,
  post,
  tryJoin,
} from "./people.ts";
import { ask, type Ghost } from "./people.ts";

const parley = parleyForFile();
const here = () => parley().node;

const read = (token: string, bearer?: string, query = "") =>
  ask(here(), `/api/messages/${token}${query}`, { bearer });

/** Addresses that take a ghost's session. */
const ROUTES: [name: string, ask: (who: Pick<Ghost, "roomToken">, bearer?: string) => Promise<Response>][] = [
  ["messages", ({ roomToken }, bearer) => read(roomToken, bearer)],
  ["leave", ({ roomToken }, bearer) => post(here(), `/api/rooms/${roomToken}/leave`, {}, bearer)],
  [
    "files",
    ({ roomToken }, bearer) =>
      ask(here(), `/api/rooms/${roomToken}/files/${crypto.randomUUID()}`, { bearer }),
  ],
  ["ws-token", (_, bearer) => post(here(), "/api/auth/ws-token", {}, bearer)],
];

async function talk(lines: number) {
  const { token } = await ghostRoom(here());
  const socket = await connectGhost(here(), await ghost(here(), token, "Speaker"));
  for (let line = 1; line <= lines; line++) await socket.say(socket.roomId, `Line ${line}`);
  return { token, socket };
}

Deno.test("a ghost reads the history whole, page by page", async () => {
  const { token, socket } = await talk(7);
  const { sessionToken } = await ghost(here(), token, "Reader");
  const response = await read(token, sessionToken, "?limit=3");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const seen: string[] = [];
  let page = await dataOf<HistoryPage>(response);
  for (;;) {
    seen.unshift(...page.messages.map(({ body }) => body));
    if (page.nextCursor === null) break;
    page = await dataOf(await read(token, sessionToken, `?limit=3&before=${page.nextCursor}`));
  }
  expect(seen).toEqual(Array.from({ length: 7 }, (_, index) => `Line ${index + 1}`));
  await socket.close();
});

Deno.test("a query is refused, naming the field, when it is none", async () => {
  const { token } = await ghostRoom(here());
  const { sessionToken } = await ghost(here(), token, "Reader");
  for (
    const [query, field] of [["limit=0", "limit"], ["limit=101", "limit"], ["before=x", "before"], [
      "q=1",
      "",
    ]]
  ) {
    const response = await read(token, sessionToken, `?${query}`);
    expect(Object.keys((await refusal(response, 400, "VALIDATION_FAILED")).fields!)).toEqual([field]);
  }
});

Deno.test("who asks for messages keeps their place, and gets it again when there is one", async () => {
  const { token } = await ghostRoom(here(), { capacity: 2 });
  const one = await ghost(here(), token, "Poller");
  await ghost(here(), token, "Second");
  await lastSeen(here(), "Poller", 29);
  await dataOf(await read(token, one.sessionToken));
  await refusal(await tryJoin(here(), token, "Third"), 403, "ROOM_FULL");
  await lastSeen(here(), "Poller", 31);
  await dataOf(await read(token, one.sessionToken));
  await lastSeen(here(), "Poller", 31);
  await ghost(here(), token, "Third");
  await refusal(await read(token, one.sessionToken), 403, "ROOM_FULL");
});

Deno.test("nobody's session, no token at all and a foreign one are invalid, on every route", async (test) => {
  const { token } = await ghostRoom(here());
  const { sessionToken } = await ghost(here(), token, "Ann");
  const forged = sessionToken.replace(/\.[^.]+$/, `.${"A".repeat(43)}`);
  await using other = await startParley();
  const elsewhere = await ghostRoom(other.node);
  const foreign = (await ghost(other.node, elsewhere.token, "Ann")).sessionToken;
  for (const [name, route] of ROUTES) {
    await test.step(name, async () => {
      for (const bearer of [undefined, "nonsense", "a.b.c", forged, foreign]) {
        const response = await route({ roomToken: token }, bearer);
        expect(response.headers.get("cache-control")).toBe("no-store");
        await refusal(response, 401, "INVALID_SESSION");
      }
    });
  }
});

Deno.test("a session that was left is over, on every route", async (test) => {
  const { token } = await ghostRoom(here());
  const left = await ghost(here(), token, "Leaver");
  const response = await post(here(), `/api/rooms/${token}/leave`, {}, left.sessionToken);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await dataOf(response)).toBe(null);
  for (const [name, route] of ROUTES) {
    await test.step(name, async () => {
      await refusal(await route(left, left.sessionToken), 401, "SESSION_EXPIRED");
    });
  }
  // The clean-up takes the row; what is said stays the same.
  await parley().database
    .sql`delete from sessions s using users u where u.id = s.user_id and u.name = 'Leaver'`;
  await refusal(await read(token, left.sessionToken), 401, "SESSION_EXPIRED");
});

Deno.test("an account's access token that ran out is told apart from no token", async () => {
  const clock = movableClock();
  await using later = await startParley({ clock });
  const ann = await member(later.node);
  const { token } = await ghostRoom(later.node);
  clock.advance(16 * 60_000);
  const asked = () => ask(later.node, `/api/messages/${token}`, { bearer: ann.accessToken });
  await refusal(await asked(), 401, "SESSION_EXPIRED");
  await refusal(await ask(later.node, "/api/auth/me", { bearer: ann.accessToken }), 401, "UNAUTHENTICATED");
});

Deno.test("a room that is over is what a session of it is told, before and after all is gone", async (test) => {
  const { token } = await briefRoom(here(), { seconds: 2 });
  const ann = await ghost(here(), token, "Ann");
  const roomId = await idOf(here(), token);
  await dataOf(await read(token, ann.sessionToken));
  await until("the end", async () => {
    const response = await read(token, ann.sessionToken);
    await response.body?.cancel();
    return response.status === 410;
  });
  async function told(when: string): Promise<void> {
    for (const [name, route] of ROUTES) {
      await test.step(`${name} ${when}`, async () => {
        await refusal(await route(ann, ann.sessionToken), 410, "ROOM_EXPIRED");
      });
    }
  }
  await told("at the end");
  await until("nothing of it is left", async () => {
    const rows = await parley().database.sql`select 1 from users where home_room = ${roomId}`;
    return rows.length === 0;
  });
  await told("afterwards");
});

Deno.test("a session that is still good is told that its room is over", async () => {
  const { token } = await ghostRoom(here());
  const ann = await ghost(here(), token, "Ann");
  await expire([here()], await idOf(here(), token));
  await refusal(await read(token, ann.sessionToken), 410, "ROOM_EXPIRED");
});

Deno.test("a ghost of another room, a guest and a member are no members, on every route", async (test) => {
  const [{ token }, other] = [await ghostRoom(here()), await ghostRoom(here())];
  await ghost(here(), token, "Ann");
  const strangers = {
    "a ghost of another room": (await ghost(here(), other.token, "Ben")).sessionToken,
    "a guest": (await guest(here())).accessToken,
    "a member": (await member(here())).accessToken,
  };
  for (const [who, bearer] of Object.entries(strangers)) {
    for (const [name, route] of ROUTES.filter(([name]) => name !== "ws-token")) {
      await test.step(`${name} by ${who}`, async () => {
        await refusal(await route({ roomToken: token }, bearer), 403, "NOT_A_MEMBER");
      });
    }
  }
  // Leaving a room that is no ghost room is not done here, and ends nobody's session.
  const bearer = strangers["a member"];
  const { id } = await roomOf(here());
  await refusal(await post(here(), `/api/rooms/${id}/leave`, {}, bearer), 403, "FORBIDDEN");
  const wishes = { name: "A room of my own", visibility: "public" };
  const own = await dataOf<{ room: { id: string } }>(await post(here(), "/api/rooms/slug", wishes, bearer));
  await refusal(await post(here(), `/api/rooms/${own.room.id}/leave`, {}, bearer), 403, "NOT_A_MEMBER");
  await dataOf(await ask(here(), "/api/auth/me", { bearer }));
  expect((await look(here(), token)).participantCount).toBe(1);
});

Deno.test("a ghost is nobody anywhere else", async () => {
  const { token } = await ghostRoom(here());
  const bearer = (await ghost(here(), token, "Ann")).sessionToken;
  const { id } = await roomOf(here());
  await refusal(await ask(here(), `/api/chatroom/rooms/${id}/messages`, { bearer }), 403, "FORBIDDEN");
  await refusal(await ask(here(), "/api/auth/me", { bearer }), 403, "FORBIDDEN");
  await refusal(await ask(here(), "/api/auth/sessions", { bearer }), 403, "FORBIDDEN");
  await refusal(await ask(here(), "/api/me/blocks", { bearer }), 403, "FORBIDDEN");
});

Deno.test("leaving frees place and nickname at once, and closes the socket on another isolate", async () => {
  await using two = await startParley({ nodes: 2 });
  const [first, second] = two.nodes;
  const { token } = await ghostRoom(first!, { capacity: 2 });
  const ann = await ghost(first!, token, "Ann");
  const socket = await connectGhost(second!, ann);
  const ben = await connectGhost(second!, await ghost(second!, token, "Ben"));
  await refusal(await tryJoin(second!, token, "Cleo"), 403, "ROOM_FULL");
  await dataOf(await post(first!, `/api/rooms/${token}/leave`, {}, ann.sessionToken));
  await ghost(second!, token, "ann");
  expect(await socket.closed).toMatchObject({ code: 4001 });
  await ben.take("user_left", ({ userId }) => userId === socket.userId);
  await ben.close();
});
