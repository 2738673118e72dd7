/** Members who are simply there: for tests that are not about how one becomes a member. */
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Role, Viewer } from "../../lib/protocol/types.ts";
import { findUser } from "../../db/queries/users.ts";
import { admit } from "../../lib/auth/sign_in.ts";
import type { Node } from "./node.ts";
import { COOKIE, Visitor } from "./visitor.ts";

export interface MemberOptions {
  username?: string;
  name?: string;
  birthYear?: number;
  /** USER unless another is said. */
  role?: Role;
  /** Hashed as at registration; without one, no password opens this account. */
  password?: string;
}

/** A member who has signed in, with the cookies of a browser. */
export interface Member extends Visitor {
  accessToken: string;
  user: Viewer;
}

let made = 0;

export async function member(node: Node, options: MemberOptions = {}): Promise<Member> {
  const { services } = node;
  const username = options.username ?? `member_${++made}`;
  const hash = options.password === undefined ? null : await services.passwords.hash(options.password);
  const [row] = await services.sql<{ id: UserId }[]>`
    insert into users (tier, name, age_category, role, username, email, birth_year, password_hash)
    values ('member', ${options.name ?? username}, '_18PLUS', ${options.role ?? "USER"}, ${username},
      ${`${username}@example.org`}, ${options.birthYear ?? null}, ${hash})
    returning id`;
  const viewer = (await findUser(services.sql, row!.id))!;
  const { credentials } = await admit(services, viewer, { userAgent: "test", address: "127.0.0.1" }, false);
  const visitor = new Visitor(node);
  visitor.cookies.set(COOKIE.access, credentials.accessToken);
  visitor.cookies.set(COOKIE.refresh, credentials.refreshToken);
  await visitor.csrf();
  return Object.assign(visitor, { accessToken: credentials.accessToken, user: viewer });
}
