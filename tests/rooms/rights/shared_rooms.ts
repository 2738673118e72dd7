/**
 * The room of each sort that most cells ask of. Everything about it was changed by REST on one isolate, after both had
 * looked at it and remembered what everybody was before.
 */
import type { RoomId } from "../../../lib/protocol/ids.ts";
import type { RoomInfo } from "../../../lib/protocol/types.ts";
import { roomOfToken } from "../../../lib/rooms/ghosts/tokens.ts";
import type { Node } from "../../support/node.ts";
import { bearerFetch, directRoom, ghostRoom, passwordRoom } from "../../support/rooms.ts";
import { dataOf } from "../../support/visitor.ts";
import { until } from "../../support/wait.ts";
import { account, type People, type Person } from "./people.ts";
import { CHEAP_HASH, furnish, type Made, PASSWORD, type Stage } from "./rooms.ts";
import { TABLE } from "./table.ts";
import { ANSWERS, type Case, CASES } from "./vocabulary.ts";

/** Milliseconds in which every isolate knows of a change. */
const KNOWN_WITHIN = 2_000;

export async function sharedRoom(nodes: Node[], people: People, name: Case): Promise<Stage> {
  const [here] = nodes;
  const { kind } = CASES[name];
  let made: Made;
  switch (kind) {
    case "language":
      made = await languageRoom(nodes, people, name);
      break;
    case "slug":
    case "password":
      made = await peopledRoom(nodes, people, name);
      break;
    case "direct":
      made = await conversation(nodes, people, name);
      break;
    case "ghost":
      made = await openGhostRoom(here!);
  }
  const stage = await furnish(here!, name, people, made);
  if (kind === "ghost") await end(here!, stage);
  if (name === "archived_slug") await act(here!, people, stage.id, "owner", "archive", { archived: true });
  await untilKnown(nodes, stage);
  if (name === "archived_slug") await untilArchived(nodes, stage);
  return stage;
}

async function languageRoom(nodes: Node[], people: People, name: Case): Promise<Made> {
  const { sql } = nodes[0]!.services;
  const language = name === "closed_language" ? "de" : "en";
  const [row] = await sql<{ id: RoomId; name: string; slug: string }[]>`
    select r.id, r.name, l.slug from rooms r join lounges l on l.id = r.lounge_id
    where r.language = ${language} and l.age_rating = ${
    name === "red" ? "_18PLUS_RED" : "_18PLUS"
  } order by r.id limit 1`;
  const { id, slug } = row!;
  if (name === "closed_language") {
    await look(nodes, people, id);
    await sql`update rooms set archived_at = now() where id = ${id}`;
    nodes[0]!.services.realtime.rightsChanged(id);
  }
  return { id, name: row!.name, href: `/lounges/${slug}/${language}` };
}

/** The owner makes it, people come in, and are promoted, sent out, banned. */
async function peopledRoom(nodes: Node[], people: People, name: Case): Promise<Made> {
  const [here] = nodes;
  const { kind } = CASES[name];
  const title = `The ${name} ${crypto.randomUUID().slice(0, 8)}`;
  const owner = people.visitors.get("owner")!;
  const room = kind === "slug"
    ? await slugRoom(here!, owner, title)
    : await passwordRoom(here!, owner, title, PASSWORD);
  const { sql } = here!.services;
  if (kind === "password") await sql`update rooms set password_hash = ${CHEAP_HASH} where id = ${room.id}`;
  await look(nodes, people, room.id);
  const { victim, deputy, outcast, visitors } = people;
  const inside = [
    "member",
    "left",
    "kicked",
    "banned",
    "moderator",
    ...kind === "password" ? ["guest_in" as const] : [],
  ] as const;
  for (const who of [victim, deputy, outcast, ...inside.map((visitor) => visitors.get(visitor)!)]) {
    if (kind === "slug") await act(here!, people, room.id, who, "join");
    else await passwordRoom(here!, who, title, PASSWORD);
  }
  for (const { id } of [deputy, visitors.get("moderator")!]) {
    await act(here!, people, room.id, "owner", "promote", { userId: id, role: "moderator" });
  }
  await act(here!, people, room.id, visitors.get("left")!, "leave");
  await act(here!, people, room.id, "owner", "kick", { userId: visitors.get("kicked")!.id });
  for (const { id } of [outcast, visitors.get("banned")!]) {
    await act(here!, people, room.id, "owner", "ban", { userId: id });
  }
  if (name === "invite_slug") {
    const change = { method: "PATCH", body: { visibility: "invite" } };
    await dataOf(await bearerFetch(here!, owner, `/api/rooms/slug/${room.id}/settings`, change));
  }
  return { id: room.id, name: title, href: kind === "slug" ? `/r/${room.slug}` : `/p/${room.id}` };
}

async function slugRoom(node: Node, owner: Person, name: string): Promise<RoomInfo> {
  const body = { name, visibility: "public" };
  return (await dataOf<{ room: RoomInfo }>(await bearerFetch(node, owner, "/api/rooms/slug", { body }))).room;
}

async function conversation(nodes: Node[], people: People, name: Case): Promise<Made> {
  const [here] = nodes;
  const member = people.visitors.get("member")!;
  const left = people.visitors.get("left")!;
  const other = await account(here!, `o_${name}`);
  const others = name === "direct_three" ? [other, left] : [other];
  const asUsers = others.map((person) => ({ user: person }));
  const { id } = await directRoom(here!, member, ...asUsers);
  await look(nodes, people, id);
  if (name === "direct_three") await act(here!, people, id, left, "leave");
  if (name === "blocked_two") {
    await dataOf(await bearerFetch(here!, other, "/api/me/blocks", { body: { userId: member.id } }));
  }
  // Conversations are called by who is in them.
  return { id, name: other.username!, href: `/dm/${id}`, others };
}

async function openGhostRoom(node: Node): Promise<Made> {
  const ghost = await ghostRoom(node, { capacity: 200 });
  const id = await roomOfToken(node.services, ghost.token);
  return { id, name: "Ghost room", href: `/g/${ghost.token}`, ghost };
}

async function end(node: Node, { case: name, id }: Stage): Promise<void> {
  const { sql, realtime } = node.services;
  // By hand: closed as it should be it would be taken away in a moment, and everybody be told that there is none.
  if (name === "closed_ghost") await sql`update rooms set closed_at = now() where id = ${id}`;
  if (name === "expired_ghost") {
    await sql`update rooms set ends_at = now() - interval '1 second' where id = ${id}`;
  }
  realtime.rightsChanged(id);
}

/** Everybody looks, so that both isolates remember what they were. */
async function look(nodes: Node[], people: People, id: RoomId): Promise<void> {
  const { victim, deputy, outcast, visitors } = people;
  const looking = nodes.flatMap((node) =>
    [victim, deputy, outcast, ...visitors.values()].map(async (who) => {
      const answer = await bearerFetch(node, who, `/api/chatroom/rooms/${id}/messages`, { method: "GET" });
      await answer.body?.cancel();
    })
  );
  await Promise.all(looking);
}

/** @param who a visitor, or anybody */
async function act(node: Node, people: People, id: RoomId, who: "owner" | Person, action: string, body = {}) {
  const person = typeof who === "string" ? people.visitors.get(who)! : who;
  await dataOf(await bearerFetch(node, person, `/api/rooms/slug/${id}/${action}`, { body }));
}

/** Waits until every isolate gives everybody the answer that the table has for reading. */
async function untilKnown(nodes: Node[], { case: name, id, visitors }: Stage): Promise<void> {
  const line = TABLE[name].lines.find(({ way, wanted }) => way === "rest" && wanted.includes("read"))!;
  for (const node of nodes) {
    await until(`what changed in ${name}, on every isolate`, async () => {
      for (const [index, visitor] of TABLE[name].visitors.entries()) {
        const who = visitors.get(visitor) ?? null;
        const answer = await bearerFetch(node, who, `/api/chatroom/rooms/${id}/messages`, { method: "GET" });
        const { error } = await answer.json();
        const { code } = ANSWERS[line.answers[index]!]!;
        if (error?.code !== code) {
          throw new Error(`${visitor} is told ${error?.code ?? "all"}, not ${code ?? "all"}`);
        }
      }
      return true;
    }, KNOWN_WITHIN * 5);
  }
}

async function untilArchived(nodes: Node[], { id, visitors }: Stage): Promise<void> {
  for (const node of nodes) {
    await until("an archived room, on every isolate", async () => {
      const answer = await bearerFetch(node, visitors.get("owner")!, `/api/rooms/${id}`, { method: "GET" });
      return (await dataOf<{ room: RoomInfo }>(answer)).room.archived;
    }, KNOWN_WITHIN);
  }
}
