/** Everybody that the table of rights speaks of, and those to whom things are done. */
import type { UserId } from "../../../lib/protocol/ids.ts";
import type { AgeRating } from "../../../lib/protocol/types.ts";
import { member } from "../../support/member.ts";
import type { Node } from "../../support/node.ts";
import { ghostIn, ghostRoom } from "../../support/rooms.ts";
import { COOKIE, guest, Visitor as Browser } from "../../support/visitor.ts";
import type { Visitor } from "./vocabulary.ts";

export interface Person {
  id: UserId;
  accessToken: string;
  /** As a browser sends them; ghosts have none, and come to pages by their token as well. */
  cookies?: string;
  csrf?: string;
  username?: string;
}

export interface People {
  /** Accounts and guests stand before every room as the same person; ghosts and nobody do not. */
  visitors: Map<Visitor, Person>;
  /** A plain member, whom things are done to. */
  victim: Person;
  /** A moderator, whom things are done to. */
  deputy: Person;
  /** Banned from every room. */
  outcast: Person;
  /** A browser without a session. */
  nobody: { cookies: string; csrf: string };
}

const ACCOUNTS = {
  ...{ stranger: "USER", red_member: "USER", member: "USER", left: "USER", kicked: "USER", banned: "USER" },
  ...{ moderator: "USER", owner: "USER", staff: "MODERATOR", admin: "ADMIN" },
} as const;

export async function makePeople(node: Node): Promise<People> {
  const visitors = new Map<Visitor, Person>();
  for (const [visitor, role] of Object.entries(ACCOUNTS) as [keyof typeof ACCOUNTS, "USER"][]) {
    visitors.set(visitor, await account(node, visitor, role));
  }
  for (const visitor of ["guest", "red_guest", "guest_in"] as const) {
    const who = await guest(node, { name: `a ${visitor}`.replace("_", " "), red: visitor === "red_guest" });
    const csrf = await who.csrf();
    visitors.set(visitor, {
      ...{ id: who.user.id, accessToken: who.accessToken, csrf },
      cookies: who.cookieHeader(),
    });
  }
  await setAge(node, visitors.get("red_member")!, "_18PLUS_RED");
  const elsewhere = await ghostIn(node, await ghostRoom(node), "Elsewhere");
  visitors.set("ghost", { id: await idOfGhost(node, elsewhere.accessToken), ...elsewhere });
  const nobody = new Browser(node);
  const csrf = await nobody.csrf();
  return {
    visitors,
    victim: await account(node, "victim"),
    deputy: await account(node, "deputy"),
    outcast: await account(node, "outcast"),
    nobody: { cookies: `${COOKIE.csrf}=${nobody.cookies.get(COOKIE.csrf)}`, csrf },
  };
}

export async function account(
  node: Node,
  name: string,
  role: "USER" | "MODERATOR" | "ADMIN" = "USER",
): Promise<Person> {
  const who = await member(node, { username: `rt_${name}`, role });
  const { user, accessToken } = who;
  return {
    id: user.id,
    username: user.username,
    accessToken,
    cookies: who.cookieHeader(),
    csrf: await who.csrf(),
  };
}

/** A ghost's own id, which only their room is told. */
export async function idOfGhost({ services }: Node, accessToken: string): Promise<UserId> {
  const [, claims] = accessToken.split(".");
  const { sub } = JSON.parse(
    new TextDecoder().decode(Uint8Array.fromBase64(claims!, { alphabet: "base64url" })),
  );
  const [row] = await services.sql<{ user_id: UserId }[]>`select user_id from sessions where id = ${sub}`;
  return row!.user_id;
}

async function setAge({ services }: Node, { id }: Person, age: AgeRating): Promise<void> {
  await services.sql`update users set age_category = ${age} where id = ${id}`;
}
