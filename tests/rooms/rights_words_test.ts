/** Other doors to a room's words than the ones it has: by pages and REST. None opens. */
import { expect } from "expect";
import type { ClientFrameInput } from "../../lib/protocol/frames.ts";
import { messageIdOf } from "../../lib/protocol/ids.ts";
import { roomOfToken } from "../../lib/rooms/ghosts/tokens.ts";
import { parleyForFile } from "../support/node.ts";
import { bearerFetch, directRoom, ghostIn, ghostRoom } from "../support/rooms.ts";
import { dataOf, guest, refusal } from "../support/visitor.ts";
import { unzip } from "../support/unzip.ts";
import { until } from "../support/wait.ts";
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
import { act, slugRoom } from "./slug.ts";

const parley = parleyForFile({ nodes: 2 });

Deno.test("no address of another kind of room shows a members' room", async () => {
  const { there, mallory, former, room, owner } = await makeDen(parley().nodes);
  const pair = await directRoom(there, owner, former);
  await say(there, owner, pair.id, SECRET);
  const { id } = room;
  const wrong = [`/p/${id}`, `/dm/${id}`, `/r/${id}`, `/p/${pair.id}`, `/r/${pair.id}`, `/lounges/${id}/en`];
  for (const who of [mallory, former, null]) {
    expect(await statusesOf(there, who, wrong)).toEqual(wrong.map(() => 404));
  }
  // Not for those who may read it at its own address either: there it is another room, or none.
  expect(await statusesOf(there, owner, wrong)).toEqual(wrong.map(() => 404));
  expect(await statusesOf(there, mallory, [`/dm/${pair.id}`, `/rooms/${pair.id}/settings`])).toEqual([
    403,
    403,
  ]);
});

Deno.test("history is refused under every name of the room, with every cursor", async () => {
  const { there, mallory, former, room } = await makeDen(parley().nodes);
  const history = `/api/chatroom/rooms/${room.id}/messages`;
  const paths = [
    ...[history, `${history}?cursor=3`, `${history}?cursor=999999&limit=100`],
    ...[`/api/messages/${room.id}`, `/api/messages/${room.id}?before=3`, `/api/rooms/${room.id}`],
  ];
  for (const who of [mallory, former]) {
    expect(await statusesOf(there, who, paths)).toEqual(paths.map(() => 403));
  }
  const names = [
    `/api/rooms/${room.slug}`,
    `/api/messages/${room.slug}`,
    `/api/chatroom/rooms/${room.slug}/messages`,
  ];
  expect(await statusesOf(there, mallory, names)).toEqual([404, 404, 404]);
});

Deno.test("no reply quotes a message of a room that one is not in", async () => {
  const { there, mallory, room, other } = await makeDen(parley().nodes);
  const foreign = messageIdOf(room.id, 2);
  const frames = [
    FRAME({ roomId: other.id, replyTo: foreign }),
    FRAME({ roomId: room.id, replyTo: foreign }),
  ];
  expect(await codesOf(there, mallory, frames)).toEqual(["MESSAGE_NOT_FOUND", "NOT_A_MEMBER"]);
  const form = { csrf: await mallory.csrf(), clientId: "reply-1", body: "look", replyTo: foreign };
  const sent = await mallory.submit(`/r/${other.slug}`, form);
  expect([sent.status, (await sent.text()).includes(SECRET)]).toEqual([404, false]);
});

Deno.test("messages of other rooms are neither changed nor found out by their ids", async () => {
  const { there, mallory, former, room, owner } = await makeDen(parley().nodes);
  const ids = [messageIdOf(room.id, 2), messageIdOf(room.id, 3), messageIdOf(room.id, 999)];
  const frames = ids.flatMap((messageId): ClientFrameInput[] => [
    { type: "edit_message", messageId, body: "mine now" },
    { type: "delete_message", messageId },
  ]);
  // The same for those that are there and those that are not.
  for (const who of [mallory, former]) {
    expect(await codesOf(there, who, frames)).toEqual(frames.map(() => "NOT_A_MEMBER"));
  }
  await withSocket(there, owner, async (socket) => {
    const bodies = (await socket.join(room.id)).messages.map(({ body }) => body);
    expect(bodies).toEqual(expect.arrayContaining([SECRET, "my own words"]));
  });
});

Deno.test("settings, members and bans of a room are not shown to strangers or former members", async () => {
  const { there, mallory, former, room } = await makeDen(parley().nodes);
  for (const who of [mallory, former]) {
    expect(await statusesOf(there, who, [`/rooms/${room.id}/settings`])).toEqual([403]);
    await refusal(
      await bearerFetch(there, who, `/api/rooms/slug/${room.slug}`, { method: "GET" }),
      403,
      "NOT_A_MEMBER",
    );
    const page = await who.get(`/r/${room.slug}`);
    expect([page.response.status, page.text.includes("The den")]).toEqual([403, false]);
  }
});

Deno.test("a file is fetched, and shown in a message, by those of its own room only", async () => {
  const { here, there, mallory, other } = await makeDen(parley().nodes);
  const made = await ghostRoom(here);
  const [ash, id] = [await ghostIn(here, made, "Ash"), await roomOfToken(here.services, made.token)];
  const form = new FormData();
  form.append("roomToken", made.token);
  form.append("file", new Blob([SECRET]), "secret.txt");
  const headers = { authorization: `Bearer ${ash.accessToken}` };
  const file = await dataOf<{ id: string }>(
    await fetch(`${here.origin}/api/upload`, { method: "POST", headers, body: form }),
  );
  const second = await ghostRoom(here);
  const birch = await ghostIn(here, second, "Birch");
  const secondId = await roomOfToken(here.services, second.token);
  const paths = [`/api/rooms/${id}/files/${file.id}`, `/api/rooms/${made.token}/files/${file.id}`];
  expect(await statusesOf(there, mallory, paths)).toEqual([403, 403]);
  expect(await statusesOf(there, birch, paths)).toEqual([403, 403]);
  // By the name of a room that one may read.
  expect(await statusesOf(there, birch, [`/api/rooms/${secondId}/files/${file.id}`])).toEqual([404]);
  expect(await statusesOf(there, mallory, [`/api/rooms/${other.id}/files/${file.id}`])).toEqual([404]);
  expect(await codesOf(there, mallory, [FRAME({ roomId: other.id, attachments: [file.id] })])).toEqual([
    "NOT_FOUND",
  ]);
  await ghostSocket(there, birch, async (socket) => {
    await socket.join(secondId);
    const stolen = await socket.refused(FRAME({ roomId: secondId, attachments: [file.id] }));
    expect(stolen.code).toBe("NOT_FOUND");
  });
});

Deno.test("an invite shows its holder the room's outside, and nothing once it is taken back", async () => {
  const { there, owner, mallory, room } = await makeDen(parley().nodes);
  const { id, token } = await dataOf<{ id: string; token: string }>(
    await bearerFetch(there, owner, `/api/rooms/slug/${room.id}/invites`, { body: {} }),
  );
  const paths = [`/api/invites/${token}`, `/i/${token}`];
  expect(await statusesOf(there, mallory, paths)).toEqual([200, 200]);
  const preview = await bearerFetch(there, mallory, paths[0]!, { method: "GET" });
  expect(await preview.text()).not.toContain(owner.user.username);
  await dataOf(
    await bearerFetch(there, owner, `/api/rooms/slug/${room.id}/invites/${id}`, { method: "DELETE" }),
  );
  for (const path of paths) {
    const gone = await bearerFetch(there, mallory, path, { method: "GET" });
    expect([gone.status, (await gone.text()).includes("The den")]).toEqual([404, false]);
  }
  // Another room's invite opens this one no more than none.
  const { token: foreign } = await dataOf<{ token: string }>(
    await bearerFetch(there, mallory, `/api/rooms/slug/${(await quay(there, mallory)).id}/invites`, {
      body: {},
    }),
  );
  await refusal(await act(there, mallory, room, "join", { invite: foreign }), 404, "INVITE_NOT_FOUND");
});

Deno.test("directory, landing page, lounges and profiles tell nothing of what is said in a members' room", async () => {
  const { there, owner, mallory, room } = await makeDen(parley().nodes);
  const open = await slugRoom(there, owner, { name: `Harbour ${room.slug}` });
  await say(there, owner, open.id, SECRET);
  const paths = [
    ...["lighthouse", "den", "Harbour", ""].flatMap((q) => [`/api/rooms/directory?q=${q}`, `/rooms?q=${q}`]),
    ...["/", "/lounges", "/api/chatroom/lounges", `/u/${owner.user.username}`, "/api/rooms", "/dashboard"],
    ...["/api/openapi.json", `/r/${open.slug}`, `/api/rooms/slug/${open.slug}`],
  ];
  expect(await statusesOf(there, mallory, paths)).toEqual(paths.map(() => 200));
  const profile = await bearerFetch(there, mallory, `/u/${owner.user.username}`, { method: "GET" });
  expect(await profile.text()).not.toContain("The den");
  const found = await bearerFetch(there, mallory, "/api/rooms/directory?q=den", { method: "GET" });
  expect(await found.text()).not.toContain(`"${room.slug}"`);
});

Deno.test("a former member's export holds their own words of the room and nobody else's", async () => {
  const { here, former, room } = await makeDen(parley().nodes);
  const { id } = await dataOf<{ id: string }>(await former.post("/api/me/export"));
  await until("the export", async () => {
    const all = await dataOf<{ id: string; state: string }[]>(await former.fetch("/api/me/export"));
    return all.find((one) => one.id === id)?.state === "done";
  });
  const answer = await bearerFetch(here, former, `/api/me/export/${id}`, { method: "GET" });
  const files = unzip(new Uint8Array(await answer.arrayBuffer()));
  const said = files.get(`messages/room-${room.id}.json`)!;
  expect([said.includes("my own words"), [...files.values()].join().includes(SECRET)]).toEqual([true, false]);
});

Deno.test("what members are shown of a room is kept by no cache", async () => {
  const { there, owner, room } = await makeDen(parley().nodes);
  const paths = [
    ...[
      `/r/${room.slug}`,
      `/rooms/${room.id}/settings`,
      `/api/rooms/${room.id}`,
      `/api/rooms/slug/${room.slug}`,
    ],
    `/api/chatroom/rooms/${room.id}/messages`,
  ];
  for (const path of paths) {
    const answer = await bearerFetch(there, owner, path, { method: "GET" });
    await answer.body?.cancel();
    expect([path, answer.status, answer.headers.get("cache-control")]).toEqual([path, 200, "no-store"]);
  }
});

Deno.test("guests who know a room's id or slug get no further than its door", async () => {
  const { there, room, other } = await makeDen(parley().nodes);
  const visitor = await guest(there, { csrf: true });
  const paths = [
    `/api/rooms/${room.id}`,
    `/r/${room.slug}`,
    `/rooms/${other.id}/settings`,
    `/api/rooms/slug/${room.id}`,
  ];
  expect(await statusesOf(there, visitor, paths)).toEqual([403, 403, 403, 403]);
  await refusal(await act(there, visitor, other, "join"), 403, "FORBIDDEN");
});
