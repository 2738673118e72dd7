import type { Queryable } from "../../db/client.ts";
import type { UserId } from "../protocol/ids.ts";

/** Things that must be answerable for later. */
export type AuditAction =
  | "session.replayed"
  | "password.changed"
  | "password.reset"
  | "second-factor.enabled"
  | "second-factor.disabled"
  | "recovery-code.used"
  | "passkey.added"
  | "passkey.removed"
  | "contact.changed"
  | "account.created"
  | "account.exported"
  | "account.erased"
  | "role.granted"
  | "lounge.created"
  | "lounge.changed"
  | "lounge.archived"
  | "lounge.reopened"
  | "language-room.created"
  | "language-room.changed"
  | "language-room.archived"
  | "language-room.reopened"
  | "room.kicked"
  | "room.banned"
  | "room.unbanned"
  | "room.handed-over"
  | "room.archived"
  | "room.reopened";

interface Entry {
  action: AuditAction;
  actorId: UserId | null;
  subjectId: UserId | null;
  /** No secrets, numbers or addresses. */
  detail?: Record<string, string | number | boolean>;
}

/** Appends to the audit log, in the transaction it is given. */
export async function audit(
  sql: Queryable,
  { action, actorId, subjectId, detail = {} }: Entry,
): Promise<void> {
  await sql`select audit_append(${actorId}, ${action}, ${subjectId}, ${sql.json(detail)})`;
}
