/** Other doors to a room's words than the ones it has: by the socket, and by what is sent. None opens. */
import { expect } from "expect";
import type { ClientFrameInput } from "../../lib/protocol/frames.ts";
import { type UserId } from "../../lib/protocol/ids.ts";
import { roomOfToken } from "../../lib/rooms/ghosts/tokens.ts";
import { member } from "../support/member.ts";
import { type Node, parleyForFile } from "../support/node.ts";
import { bearerFetch, ghostIn, ghostRoom, passwordRoom } from "../support/rooms.ts";
import { dataOf, guest, roomOf } from "../support/visitor.ts";
import {
  codesOf,
  FRAME,
  ghostSocket,
  makeDen,
  quay,
  say,
  SECRET,
  statusesOf,
  withSocket,
} from "./rights/den.ts";
import { act } from "./slug.ts";

const parley = parleyForFile({ nodes: 2 });

Deno.test("a former member's retry of a send they once made is refused, and tells no place", async () => {
  const { there, owner, room } = await makeDen(parley().nodes);
  const former = await member(there);
  const { token } = await dataOf<{ token: string }>(
    await bearerFetch(there, owner, `/api/rooms/slug/${room.id}/invites`, { body: {} }),
  );
  await dataOf(await act(there, former, room, "join", { invite: token }));
  const frame = FRAME({ roomId: room.id, clientId: "once" });
  await withSocket(there, former, (socket) => socket.done(frame));
  await dataOf(await act(there, former, room, "leave"));
  expect(await codesOf(there, former, [frame])).toEqual(["NOT_A_MEMBER"]);
});

Deno.test("resuming brings nothing to those who are not in the room any more", async () => {
  const { there, mallory, former, room } = await makeDen(parley().nodes);
  const frames = [0, 1, 2, 500].map((afterSeq): ClientFrameInput => ({
    type: "join_room",
    roomId: room.id,
    afterSeq,
  }));
  for (const who of [mallory, former]) {
    expect(await codesOf(there, who, frames)).toEqual(frames.map(() => "NOT_A_MEMBER"));
  }
});

Deno.test("a ghost room's token opens nothing without a place in that room", async () => {
  const { here, there, mallory } = await makeDen(parley().nodes);
  const made = await ghostRoom(here);
  const inside = await ghostIn(here, made, "Ash");
  const elsewhere = await ghostIn(here, await ghostRoom(here), "Birch");
  const id = await roomOfToken(here.services, made.token);
  await ghostSocket(here, inside, async (socket) => {
    await socket.join(id);
    await socket.say(id, SECRET);
  });
  const frames: ClientFrameInput[] = [
    { type: "join_room", roomToken: made.token },
    { type: "join_room", roomToken: made.token, afterSeq: 0 },
    FRAME({ roomId: id }),
    { type: "read", roomId: id, seq: 1 },
  ];
  expect(await codesOf(there, mallory, frames)).toEqual(frames.map(() => "NOT_A_MEMBER"));
  await ghostSocket(there, elsewhere, async (socket) => {
    for (const frame of frames) expect((await socket.refused(frame)).code).toBe("NOT_A_MEMBER");
    expect(JSON.stringify(socket.events)).not.toContain(SECRET);
  });
  const paths = [`/api/messages/${made.token}`, `/api/messages/${id}`, `/api/rooms/${id}`];
  for (const who of [mallory, elsewhere]) {
    expect(await statusesOf(there, who, paths)).toEqual([403, 403, 403]);
  }
});

Deno.test("a ghost's token does nothing outside its room", async () => {
  const { here, there, room, other, mallory } = await makeDen(parley().nodes);
  const ghost = await ghostIn(here, await ghostRoom(here), "Cedar");
  const posts: [string, Record<string, unknown>][] = [
    ["/api/auth/upgrade", {
      email: "ghost@example.org",
      username: "ghostly",
      password: "lantern-otter-bread-94",
    }],
    ["/api/auth/change-password", { currentPassword: "x", newPassword: "lantern-otter-bread-94" }],
    ["/api/rooms/slug", { name: "Haunted", visibility: "public" }],
    ["/api/rooms/direct", { userIds: [mallory.user.id] }],
    [`/api/rooms/slug/${other.id}/join`, {}],
    [`/api/rooms/slug/${room.id}/invites`, {}],
    ["/join", { roomName: "Haunted house", password: "boo-boo" }],
    ["/api/me/blocks", { userId: mallory.user.id }],
    ["/api/me/export", {}],
  ];
  for (const [path, body] of posts) {
    const answer = await bearerFetch(there, ghost, path, { body });
    await answer.body?.cancel();
    expect([path, answer.status]).toEqual([path, 403]);
  }
});

Deno.test("watching one's rooms tells nothing of a room that one has left, from that moment on", async () => {
  const { here, there, owner, room } = await makeDen(parley().nodes);
  const pair = await passwordRoom(here, owner, `Cellar ${room.slug}`, "open sesame");
  const leaving = await member(there);
  await passwordRoom(there, leaving, `Cellar ${room.slug}`, "open sesame");
  await withSocket(there, leaving, async (socket) => {
    await socket.done({ type: "watch_rooms", on: true });
    expect((await socket.take("rooms_watched")).rooms.map(({ id }) => id)).toContain(pair.id);
    await dataOf(await act(here, leaving, pair, "leave"));
    await socket.take("rooms_watched", ({ rooms }) => !rooms.some(({ id }) => id === pair.id));
    await say(here, owner, pair.id, SECRET);
    // What came after it is here: then the secret is not on its way any more.
    await say(here, leaving, (await quay(here, leaving)).id, "marker");
    await socket.done({ type: "watch_rooms", on: false });
    await socket.done({ type: "watch_rooms", on: true });
    expect(JSON.stringify(socket.events)).not.toContain(SECRET);
  });
});

Deno.test("an open socket on another isolate gets nothing once its owner has left the room", async () => {
  const { here, there, owner, room } = await makeDen(parley().nodes);
  const cellar = await passwordRoom(here, owner, `Attic ${room.slug}`, "open sesame");
  const leaving = await member(there);
  await passwordRoom(there, leaving, `Attic ${room.slug}`, "open sesame");
  await withSocket(there, leaving, async (socket) => {
    await socket.join(cellar.id);
    await dataOf(await act(here, leaving, cellar, "leave"));
    await socket.take("room_left");
    await withSocket(there, owner, async (listening) => {
      await listening.join(cellar.id);
      await say(here, owner, cellar.id, SECRET);
      await listening.take("new_message", ({ message }) => message.body === SECRET);
    });
    expect(JSON.stringify(socket.events)).not.toContain(SECRET);
    expect((await socket.refused({ type: "typing", roomId: cellar.id, on: true })).code).toBe("FORBIDDEN");
  });
});

Deno.test("read pointers are moved in rooms that one may read, and nowhere else", async () => {
  const { here, there, mallory, former, room } = await makeDen(parley().nodes);
  const frame: ClientFrameInput = { type: "read", roomId: room.id, seq: 3 };
  for (const who of [mallory, former]) expect(await codesOf(there, who, [frame])).toEqual(["NOT_A_MEMBER"]);
  const kept = await here.services.sql`
    select 1 from read_pointers where room_id = ${room.id} and user_id in ${
    here.services.sql([mallory.user.id, former.user.id])
  }`;
  expect(kept).toHaveLength(0);
});

Deno.test("nobody is seen typing, present or away in a room that they are not in", async () => {
  const { here, there, owner, mallory, room } = await makeDen(parley().nodes);
  await withSocket(here, owner, async (socket) => {
    await socket.join(room.id);
    const frames: ClientFrameInput[] = [
      { type: "join_room", roomId: room.id },
      { type: "typing", roomId: room.id, on: true },
      { type: "heartbeat", away: true },
      { type: "leave_room", roomId: room.id },
    ];
    expect(await codesOf(there, mallory, frames)).toEqual(["NOT_A_MEMBER", "FORBIDDEN", "done", "done"]);
    expect(await codesOf(here, mallory, frames)).toEqual(["NOT_A_MEMBER", "FORBIDDEN", "done", "done"]);
    await say(there, owner, room.id, "marker");
    await socket.take("new_message", ({ message }) => message.body === "marker");
    const seen = socket.events.filter((event) => event.type !== "welcome");
    expect(JSON.stringify(seen)).not.toContain(`"${mallory.user.id}"`);
  });
});

Deno.test("nobody is named to those who cannot read the message", async () => {
  const { here, there, owner, mallory, other, room } = await makeDen(parley().nodes);
  await withSocket(there, mallory, async (socket) => {
    await socket.join(other.id);
    await socket.say(other.id, `@${owner.user.username} come here`);
  });
  await say(there, owner, room.id, `@${mallory.user.username} is not here`);
  const rows = await here.services.sql<{ user_id: UserId }[]>`
    select user_id from mentions where room_id in ${here.services.sql([room.id, other.id])}`;
  expect(rows).toEqual([]);
});

Deno.test("a form says things in the room of its address, whatever room it names", async () => {
  const { there, mallory, other, room, owner } = await makeDen(parley().nodes);
  const form = { csrf: await mallory.csrf(), clientId: "form-1", body: "smuggled", roomId: room.id };
  const sent = await mallory.submit(`/r/${other.slug}`, form);
  expect(sent.status).toBe(400);
  await sent.body?.cancel();
  await withSocket(there, owner, async (socket) => {
    expect(JSON.stringify(await socket.join(room.id))).not.toContain("smuggled");
  });
});

Deno.test("a lounge that becomes RED lets go of those who did not ask for RED, on the landing page too", async () => {
  const [here, there] = parley().nodes as [Node, Node];
  const admin = await member(here, { role: "ADMIN" });
  const visitor = await guest(there, { csrf: true });
  const { id } = await roomOf(here, "general", "en");
  const words = "harbour talk after dark";
  await withSocket(there, visitor, async (socket) => {
    await socket.join(id);
    await socket.say(id, words);
    expect((await visitor.get("/", { "accept-language": "en" })).text).toContain(words);
    const rate = (ageRating: string) =>
      bearerFetch(here, admin, "/api/admin/lounges/general", { method: "PATCH", body: { ageRating } });
    await dataOf(await rate("_18PLUS_RED"));
    expect((await socket.take("room_left")).roomId).toBe(id);
    expect((await socket.refused({ type: "join_room", roomId: id })).code).toBe("FORBIDDEN");
    for (const who of [visitor, null]) {
      for (const path of ["/", "/lounges", "/lounges/general", "/lounges/general/en"]) {
        const answer = await bearerFetch(there, who, path, { method: "GET" });
        expect([path, (await answer.text()).includes(words)]).toEqual([path, false]);
      }
    }
    await dataOf(await rate("_18PLUS"));
  });
});
