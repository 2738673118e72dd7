/** Rooms for cells that change the room: one each, made by the shortest way. */
import type { RoomId } from "../../../lib/protocol/ids.ts";
import { roomOfToken } from "../../../lib/rooms/ghosts/tokens.ts";
import type { Node } from "../../support/node.ts";
import { directRoom, ghostRoom } from "../../support/rooms.ts";
import { account, type People, type Person } from "./people.ts";
import { CHEAP_HASH, furnish, type Made, type Stage } from "./rooms.ts";
import { type Case, CASES, type Visitor } from "./vocabulary.ts";

const INSIDE = {
  ...{ member: "member", guest_in: "member", moderator: "moderator", owner: "owner" },
  ...{ left: "left", kicked: "kicked", banned: "banned" },
} as const;

let made = 0;

export async function freshRoom(node: Node, people: People, name: Case): Promise<Stage> {
  const { kind } = CASES[name];
  if (kind === "language") throw new Error("nothing that a visitor does changes a lounge's room");
  const room = kind === "ghost"
    ? await freshGhostRoom(node)
    : kind === "direct"
    ? await freshConversation(node, people)
    : await freshPeopledRoom(node, people, name);
  return await furnish(node, name, people, room);
}

async function freshGhostRoom(node: Node): Promise<Made> {
  const ghost = await ghostRoom(node);
  const id = await roomOfToken(node.services, ghost.token);
  return { id, name: "Ghost room", href: `/g/${ghost.token}`, ghost };
}

/** Of three, one of whom has left. */
async function freshConversation(node: Node, people: People): Promise<Made> {
  const [member, left] = [people.visitors.get("member")!, people.visitors.get("left")!];
  const other = await account(node, `other_${++made}`);
  const { id } = await directRoom(node, member, { user: other }, { user: left });
  await node.services
    .sql`update memberships set left_at = now() where room_id = ${id} and user_id = ${left.id}`;
  node.services.rooms.forget(id);
  return { id, name: other.username!, href: `/dm/${id}`, others: [other, left] };
}

async function freshPeopledRoom({ services: { sql } }: Node, people: People, name: Case): Promise<Made> {
  const { kind } = CASES[name];
  const title = `Fresh ${++made}`;
  const slug = kind === "slug" ? `fresh-${made}` : null;
  const visibility = kind !== "slug" ? null : name === "invite_slug" ? "invite" : "public";
  const archived = name === "archived_slug" ? new Date() : null;
  const [room] = await sql<{ id: RoomId }[]>`
    insert into rooms (kind, name, slug, visibility, password_hash, archived_at)
    values (${kind}, ${title}, ${slug}, ${visibility}, ${
    kind === "password" ? CHEAP_HASH : null
  }, ${archived})
    returning id`;
  const { id } = room!;
  const insiders: [Person, string][] = [
    [people.victim, "member"],
    [people.deputy, "moderator"],
    [people.outcast, "banned"],
  ];
  for (const [visitor, as] of Object.entries(INSIDE) as [Visitor, string][]) {
    if (visitor !== "guest_in" || kind === "password") insiders.push([people.visitors.get(visitor)!, as]);
  }
  const rows = insiders.map(([{ id: user_id }, as]) => {
    const inside = as === "member" || as === "moderator" || as === "owner";
    const left_at = inside ? null : new Date();
    return {
      room_id: id,
      user_id,
      role: inside ? as : "member",
      left_at,
      kicked: as === "kicked" || as === "banned",
    };
  });
  await sql`insert into memberships ${sql(rows)}`;
  const banned = [people.outcast, people.visitors.get("banned")!].map((who) => ({
    room_id: id,
    user_id: who.id,
  }));
  await sql`insert into room_bans ${sql(banned)}`;
  return { id, name: title, href: kind === "slug" ? `/r/${slug}` : `/p/${id}` };
}
