/** The audit log, as its verifier reads it. */
import type { Queryable } from "../client.ts";

interface AuditLink {
  id: string;
  /** All in hex. */
  previousHash: string;
  hash: string;
  /** What the entry's own words give: the same reckoning as in `audit_append`. */
  expectedHash: string;
}

export async function auditPage(sql: Queryable, after: string, limit: number): Promise<AuditLink[]> {
  return await sql<AuditLink[]>`
    select id, encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash,
      encode(sha256(previous_hash || convert_to(concat_ws('|', extract(epoch from at)::text,
        coalesce(actor_id::text, ''), action, coalesce(subject_id::text, ''), detail::text), 'UTF8')), 'hex')
        as "expectedHash"
    from audit_log where id > ${after} order by id limit ${limit}`;
}
