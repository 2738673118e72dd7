/** What follows when a lounge or a room is put away, reopened or changed: for visitors, for those inside, for the log. */
import { expect } from "expect";
import type { AdminLanguageRoom, AdminLounge } from "../../lib/protocol/forms/lounges.ts";
import type { Member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { dataOf, guest, refusal, roomOf, Visitor } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { keeper, listed, lounge, send, statusOf } from "./keeping.ts";

const parley = parleyForFile({ nodes: 2 });

/** What somebody answers for in the audit log, oldest first. */
async function audited({ user }: Member): Promise<{ action: string; detail: Record<string, unknown> }[]> {
  return await parley().database.sql`
    select action, detail from audit_log where actor_id = ${user.id} order by id`;
}

Deno.test("an archived lounge vanishes with its rooms, and comes back as it was when it is reopened", async () => {
  const ada = await keeper(parley().node);
  const { id, slug, rooms: [german, french] } = await lounge(ada, ["de", "fr"]);
  await dataOf(await send(ada, "PATCH", `rooms/${french!.id}`, { archived: true }));
  await dataOf(await send(ada, "PATCH", `lounges/${id}`, { archived: true }));
  expect((await listed(parley().node)).some((lounge) => lounge.slug === slug)).toBe(false);
  expect((await new Visitor(parley().node).get("/lounges")).text).not.toContain(`/lounges/${slug}/`);
  for (const path of [`/lounges/${slug}`, `/lounges/${slug}/de`]) {
    expect([path, await statusOf(new Visitor(parley().node), path)]).toEqual([path, 410]);
  }
  for (const path of [`lounges/${id}/rooms`, `lounges/${slug}/rooms`, `rooms/${german!.id}/messages`]) {
    await refusal(await fetch(`${parley().node.origin}/api/chatroom/${path}`), 410, "ROOM_INACTIVE");
  }
  const kept = await dataOf<AdminLounge[]>(await ada.fetch("/api/admin/lounges"));
  expect(kept.find((lounge) => lounge.id === id)).toMatchObject({
    archived: true,
    rooms: [{ language: "de", archived: false }, { language: "fr", archived: true }],
  });
  await dataOf(await send(ada, "PATCH", `lounges/${id}`, { archived: false }));
  const [shown] = (await listed(parley().node)).filter((lounge) => lounge.slug === slug);
  expect(shown!.rooms.map(({ language }) => language)).toEqual(["de"]);
  expect([
    await statusOf(new Visitor(parley().node), `/lounges/${slug}/de`),
    await statusOf(new Visitor(parley().node), `/lounges/${slug}/fr`),
  ]).toEqual([200, 410]);
});

Deno.test("a room does not open before its lounge when it is added to, or reopened in, one that is archived", async () => {
  const ada = await keeper(parley().node);
  const { id, slug, rooms: [polish] } = await lounge(ada, ["pl"]);
  await dataOf(await send(ada, "PATCH", `rooms/${polish!.id}`, { archived: true }));
  await dataOf(await send(ada, "PATCH", `lounges/${id}`, { archived: true }));
  await dataOf(await send(ada, "PATCH", `rooms/${polish!.id}`, { archived: false }));
  const czech = await dataOf<AdminLanguageRoom>(
    await send(ada, "POST", `lounges/${id}/rooms`, { language: "cs" }),
  );
  for (const room of [polish!.id, czech.id]) {
    expect(await statusOf(new Visitor(parley().node), `/api/chatroom/rooms/${room}/messages`)).toBe(410);
  }
  await dataOf(await send(ada, "PATCH", `lounges/${id}`, { archived: false }));
  expect([
    await statusOf(new Visitor(parley().node), `/lounges/${slug}/pl`),
    await statusOf(new Visitor(parley().node), `/lounges/${slug}/cs`),
  ]).toEqual([200, 200]);
});

Deno.test("those who are in a room are shown out on every isolate, and may not speak, when it is archived", async () => {
  const [here, there] = parley().nodes;
  const ada = await keeper(parley().node);
  const { id, rooms: [room] } = await lounge(ada, ["ja"]);
  const sockets = [await connect(here!, await guest(here!)), await connect(there!, await guest(there!))];
  for (const socket of sockets) await socket.join(room!.id);
  await dataOf(await send(ada, "PATCH", `lounges/${id}`, { archived: true }));
  for (const socket of sockets) {
    await socket.take("room_closed", ({ roomId }) => roomId === room!.id);
    const said = {
      type: "send_message",
      roomId: room!.id,
      clientId: crypto.randomUUID(),
      body: "Still here?",
    } as const;
    expect((await socket.refused(said)).code).toBe("ROOM_INACTIVE");
  }
  await dataOf(await send(ada, "PATCH", `lounges/${id}`, { archived: false }));
  for (const socket of sockets) {
    await until("an open room", () => socket.join(room!.id));
    await socket.say(room!.id, "Back again.");
    await socket.close();
  }
});

Deno.test("those who did not ask for RED are shown out on every isolate when a lounge becomes RED", async () => {
  const [here, there] = parley().nodes;
  const ada = await keeper(parley().node);
  const { id, slug, rooms: [room] } = await lounge(ada, ["es"]);
  const plain = await connect(there!, await guest(there!));
  const red = await connect(there!, await guest(there!, { red: true }));
  for (const socket of [plain, red]) await socket.join(room!.id);
  await dataOf(await send(ada, "PATCH", `lounges/${id}`, { ageRating: "_18PLUS_RED" }));
  await plain.take("room_left", ({ roomId }) => roomId === room!.id);
  await red.say(room!.id, "Among ourselves.");
  expect(plain.log(room!.id)).toEqual([]);
  expect(await statusOf(await guest(here!), `/lounges/${slug}`)).toBe(403);
  for (const socket of [plain, red]) await socket.close();
});

Deno.test("other isolates serve the new name at once when a room is renamed", async () => {
  const there = parley().nodes[1]!;
  const ada = await keeper(parley().node);
  const { slug, rooms: [room] } = await lounge(ada, ["nl"]);
  const ben = await guest(there);
  const socket = await connect(there, ben);
  expect((await socket.join(room!.id)).room.name).toBe("Nederlands");
  await dataOf(await send(ada, "PATCH", `rooms/${room!.id}`, { name: "Lage landen" }));
  await until("the new name", async () => {
    return (await socket.join(room!.id)).room.name === "Lage landen";
  }, 2_000);
  await socket.close();
  expect((await roomOf(there, slug, "nl")).name).toBe("Lage landen");
});

Deno.test("every change is in the audit log, with what it was before, and nothing is when nothing changed", async () => {
  const ada = await keeper(parley().node);
  const { id, slug, rooms: [room] } = await lounge(ada, ["hu"]);
  const write = async (path: string, body: Record<string, unknown>) =>
    void await dataOf(await send(ada, "PATCH", path, body));
  await write(`lounges/${id}`, { name: "Kávéház", position: 3 });
  await write(`lounges/${id}`, { name: "Kávéház" });
  await write(`lounges/${id}`, { archived: true });
  await write(`lounges/${id}`, { archived: true });
  await write(`lounges/${id}`, { archived: false });
  await write(`rooms/${room!.id}`, { topic: "Kávé" });
  await write(`rooms/${room!.id}`, { archived: true });
  await write(`rooms/${room!.id}`, { archived: false });
  expect(await audited(ada)).toEqual([
    {
      action: "lounge.created",
      detail: { lounge: id, slug, name: expect.any(String), ageRating: "_18PLUS" },
    },
    {
      action: "language-room.created",
      detail: { lounge: id, room: room!.id, language: "hu", name: "Magyar" },
    },
    {
      action: "lounge.changed",
      detail: {
        lounge: id,
        "name": "Kávéház",
        "name.before": expect.any(String),
        "position": 3,
        "position.before": expect.any(Number),
      },
    },
    { action: "lounge.archived", detail: { lounge: id } },
    { action: "lounge.reopened", detail: { lounge: id } },
    { action: "language-room.changed", detail: { room: room!.id, "topic": "Kávé", "topic.before": "" } },
    { action: "language-room.archived", detail: { room: room!.id } },
    { action: "language-room.reopened", detail: { room: room!.id } },
  ]);
});
