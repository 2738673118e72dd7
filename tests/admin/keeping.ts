/** What admins do to lounges, and what comes of it. */
import type { AdminLanguageRoom, AdminLounge } from "../../lib/protocol/forms/lounges.ts";
import type { LoungeView } from "../../lib/protocol/types.ts";
import { type Member, member } from "../support/member.ts";
import type { Node } from "../support/node.ts";
import { dataOf, Visitor } from "../support/visitor.ts";

let made = 0;

export function keeper(node: Node): Promise<Member> {
  return member(node, { role: "ADMIN" });
}

export async function send(
  who: Visitor,
  method: "POST" | "PATCH",
  path: string,
  body: unknown,
): Promise<Response> {
  return await who.fetch(`/api/admin/${path}`, {
    method,
    headers: { "content-type": "application/json", "x-csrf-token": await who.csrf() },
    body: JSON.stringify(body),
  });
}

/** A lounge of one test's own, with rooms in these languages. */
export async function lounge(by: Visitor, languages: string[] = []) {
  const slug = `lounge-${++made}`;
  const body = { slug, name: `Lounge ${made}`, ageRating: "_18PLUS" };
  const { id } = await dataOf<AdminLounge>(await send(by, "POST", "lounges", body));
  const rooms: AdminLanguageRoom[] = [];
  for (const language of languages) {
    rooms.push(await dataOf(await send(by, "POST", `lounges/${id}/rooms`, { language })));
  }
  return { id, slug, rooms };
}

/** The lounges, as everybody may list them. */
export async function listed({ origin }: Node): Promise<LoungeView[]> {
  return await dataOf(await fetch(`${origin}/api/chatroom/lounges`));
}

/** With what status an address is answered. */
export async function statusOf(who: Visitor, path: string): Promise<number> {
  return (await who.get(path)).response.status;
}
