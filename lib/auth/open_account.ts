/** The moment an account comes to be: its code came back. */
import { randomInt } from "node:crypto";
import {
  createMember,
  isUsernameTaken,
  promoteGuest,
  setEmail,
  setPhone,
  setRole,
} from "../../db/queries/accounts.ts";
import type { Queryable } from "../../db/client.ts";
import { audit } from "../audit/audit.ts";
import { USERNAME_MAX } from "../protocol/forms/fields.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import type { Plan } from "./codes.ts";
import { type Contact, phoneIndex, phonePlace } from "./contacts.ts";
import { suggestName } from "./names.ts";

export type AccountPlan = Extract<Plan, { kind: "email-account" | "phone-account" }>;

/** Letters that a username of digits and a word may end in, beside the word. */
const SUFFIX = 5;

/**
 * Makes the account, or makes the guest who asked for it a member.
 * @throws PostgresError 23505 when the contact, or the name at the same moment, went to somebody else
 */
export async function openAccount(
  services: Services,
  sql: Queryable,
  { plan, passwordHash, contact }: { plan: AccountPlan; passwordHash: string; contact: Contact },
): Promise<UserId> {
  const email = plan.kind === "email-account";
  const name = email ? plan.username : plan.name ?? suggestName();
  const username = await freeUsername(sql, email ? plan.username : wordOf(name));
  const member = { username, passwordHash, birthYear: email ? undefined : plan.birthYear };
  const at = new Date(services.clock());
  const promoted = plan.guestId !== undefined && await promoteGuest(sql, plan.guestId, member, at);
  const id = promoted ? plan.guestId! : await createMember(sql, { ...member, name, ageCategory: "_18PLUS" });
  await audit(sql, {
    action: "account.created",
    actorId: id,
    subjectId: id,
    detail: { by: contact.kind, upgraded: promoted },
  });
  await giveContact(services, sql, id, contact);
  return id;
}

/**
 * Gives an account a contact that was proven. Who proves the operator's own address becomes administrator.
 * @throws PostgresError 23505 when somebody else has it
 */
export async function giveContact(
  { vault, config }: Services,
  sql: Queryable,
  id: UserId,
  { kind, value }: Contact,
): Promise<void> {
  if (kind === "phone") {
    const sealed = await vault.seal(phonePlace(id), value);
    return await setPhone(sql, id, { sealed, index: await phoneIndex(vault, value) });
  }
  await setEmail(sql, id, value);
  if (config.adminEmail?.toLowerCase() !== value) return;
  await setRole(sql, id, "ADMIN");
  await audit(sql, { action: "role.granted", actorId: null, subjectId: id, detail: { role: "ADMIN" } });
}

/** The name itself, or, when somebody was quicker, the name and some digits. */
async function freeUsername(sql: Queryable, wanted: string): Promise<string> {
  let name = wanted;
  while (await isUsernameTaken(sql, name)) {
    name = wanted.slice(0, USERNAME_MAX - SUFFIX) + randomInt(10 ** (SUFFIX - 1), 10 ** SUFFIX);
  }
  return name;
}

/** What of a name can stand in a username. Of names in other scripts nothing may be left. */
function wordOf(name: string): string {
  const plain = name.normalize("NFKD").replaceAll(/[^A-Za-z0-9]/g, "").slice(0, USERNAME_MAX - SUFFIX);
  return (/[A-Za-z]/.test(plain) ? plain : `member${plain}`).padEnd(3, "_");
}
