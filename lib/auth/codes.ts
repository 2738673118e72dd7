/** One-time codes: six digits that prove that somebody reads what is sent to an address or a number. */
import { randomInt, timingSafeEqual } from "node:crypto";
import { findCode, replaceCode, type StoredCode, tryCode } from "../../db/queries/one_time_codes.ts";
import { AppError } from "../errors.ts";
import type { CodePurpose } from "../protocol/forms/accounts.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import type { Place, Vault } from "../vault/vault.ts";
import { type Contact, contactIndex, findByContact } from "./contacts.ts";
import { accountExists, codeLetter, codeText, type Letter, noAccount } from "./letters.ts";

/** Milliseconds. */
const CODE_LIFE = 10 * 60_000;
const MAX_TRIES = 5;

/** What is done once the code comes back. */
export type Plan =
  | { kind: "email-account"; username: string; passwordHash: string; guestId?: UserId }
  | { kind: "phone-account"; name?: string; birthYear: number; guestId?: UserId }
  | { kind: "reset" }
  | { kind: "contact"; userId: UserId };

/** A code that came back: whose it was, and what was waiting for it. */
export interface TakenCode {
  /** To be spent in the transaction that carries out the plan. */
  id: string;
  plan: Plan;
  /** The account that had the contact when the code was sent. */
  accountId?: UserId;
}

type Payload = Omit<TakenCode, "id">;

/**
 * Sends a code, or, when the contact is not free (for a reset: has no account), a letter that says so. Both take the
 * same steps, so that neither the answer nor its time tells which it was.
 * @returns the id of the code's row
 */
export async function issueCode(
  services: Services,
  purpose: CodePurpose,
  contact: Contact,
  plan: Plan,
): Promise<string> {
  const { vault, sql, clock } = services;
  const account = await findByContact(services, contact);
  const open = purpose === "reset" ? account !== null : account === null;
  const id = crypto.randomUUID();
  const code = randomInt(1_000_000).toString().padStart(6, "0");
  const targetIndex = await contactIndex(vault, contact);
  const payload: Payload = { plan, accountId: account?.viewer.id };
  // Nobody is told the code of a row that is there for its looks.
  const codeHash = await hashOf(vault, id, purpose, open ? code : crypto.randomUUID());
  const payloadSealed = await vault.seal(placeOf(id), JSON.stringify(payload));
  const [createdAt, expiresAt] = [new Date(clock()), new Date(clock() + CODE_LIFE)];
  await sql.begin(async (sql) => {
    await replaceCode(sql, { id, purpose, targetIndex, codeHash, payloadSealed, createdAt, expiresAt });
    const letter = open
      ? letterWith(services, code, purpose, contact, plan)
      : closedLetter(services, purpose);
    if (contact.kind === "email") {
      await services.jobs.enqueue("send-mail", { to: contact.value, ...letter }, { sql });
    } else await services.jobs.enqueue("send-sms", { to: contact.value, text: letter.text }, { sql });
  });
  return id;
}

/** Sends another code for what is waiting. Does nothing when nothing is. */
export async function reissueCode(services: Services, purpose: CodePurpose, contact: Contact): Promise<void> {
  const waiting = await findCode(services.sql, purpose, await contactIndex(services.vault, contact));
  if (!waiting) return;
  const { plan } = await payloadOf(services.vault, waiting);
  await issueCode(services, purpose, contact, plan);
}

/**
 * Holds a code against the one in force, which counts as a try.
 * @throws AppError INVALID_CODE, whether it is wrong, old, used, tried too often or was never sent
 */
export async function takeCode(
  { sql, vault, clock }: Services,
  purpose: CodePurpose,
  contact: Contact,
  code: string,
): Promise<TakenCode> {
  const targetIndex = await contactIndex(vault, contact);
  const stored = await tryCode(sql, { purpose, targetIndex, maxTries: MAX_TRIES, at: new Date(clock()) });
  const hash = await hashOf(vault, stored?.id ?? "", purpose, code);
  if (!stored || !timingSafeEqual(hash, stored.codeHash)) throw new AppError("INVALID_CODE");
  return { id: stored.id, ...await payloadOf(vault, stored) };
}

/** The row's id is new each time and belongs to one target: a hash moved to another row is worth nothing. */
function hashOf(vault: Vault, id: string, purpose: CodePurpose, code: string): Promise<Uint8Array> {
  return vault.index("one-time-code", `${id}|${purpose}|${code}`);
}

async function payloadOf(vault: Vault, { id, payloadSealed }: StoredCode): Promise<Payload> {
  return JSON.parse(await vault.open(placeOf(id), payloadSealed));
}

function placeOf(id: string): Place {
  return { table: "one_time_codes", column: "payload_sealed", row: id };
}

function letterWith(
  { config }: Services,
  code: string,
  purpose: CodePurpose,
  { kind }: Contact,
  plan: Plan,
): Letter {
  if (kind === "phone") return codeText(config, code);
  return codeLetter(purpose, code, plan.kind === "email-account" ? plan.username : undefined);
}

function closedLetter({ config }: Services, purpose: CodePurpose): Letter {
  return purpose === "reset" ? noAccount(config) : accountExists(config);
}
