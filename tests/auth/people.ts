/** People with accounts, made as people make them. */
import type { Viewer } from "../../lib/protocol/types.ts";
import type { Node } from "../support/node.ts";
import { codeTo } from "./sent.ts";
import { dataOf, type Guest, Visitor } from "../support/visitor.ts";

export const PASSWORD = "correct horse battery";

export interface Member extends Guest {
  email: string;
  username: string;
}

let count = 0;

/** A part of names that nobody else has. */
export function unique(): string {
  return `${Date.now().toString(36)}${(count++).toString(36)}`.slice(-9);
}

export function freshEmail(): string {
  return `ada.${unique()}@example.org`;
}

/** A number that could be given out: Spanish mobile numbers are 6, and eight digits. */
export function freshNumber(): string {
  return `+346${String(10_000_000 + crypto.getRandomValues(new Uint32Array(1))[0]! % 89_999_999)}`;
}

/** Somebody registered by e-mail, signed in by the code, who has a CSRF token. */
export async function member(
  node: Node,
  { email = freshEmail(), username = `ada_${unique()}`, staySignedIn = false } = {},
): Promise<Member> {
  const visitor = new Visitor(node);
  await dataOf(await visitor.post("/api/auth/register", { email, username, password: PASSWORD }));
  const code = await codeTo(node, email);
  const check = { purpose: "register", target: email, code, staySignedIn };
  const signedIn = await dataOf<{ accessToken: string; user: Viewer }>(
    await visitor.post("/api/auth/verifyOTP", check),
  );
  await visitor.csrf();
  return Object.assign(visitor, { ...signedIn, email, username });
}

/** One more place at which a member signs in. */
export async function signedIn(
  node: Node,
  { email }: Pick<Member, "email">,
  options: { password?: string; staySignedIn?: boolean } = {},
): Promise<Guest> {
  const visitor = new Visitor(node);
  const { password = PASSWORD, staySignedIn = false } = options;
  const answer = await visitor.post("/api/auth/signin", { email, password, staySignedIn });
  const who = await dataOf<{ accessToken: string; user: Viewer }>(answer);
  await visitor.csrf();
  return Object.assign(visitor, who);
}

/** Whether a visitor's cookies still open anything. */
export async function isIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.get("/api/auth/me")).response.status === 200;
}
