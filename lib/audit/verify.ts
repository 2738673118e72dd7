import type { Queryable } from "../../db/client.ts";
import { auditPage } from "../../db/queries/audit.ts";

const PAGE = 5_000;

export interface Verdict {
  /** Entries whose hashes are right, from the first one on. */
  entries: number;
  /** Hash of the last of them, in hex. Kept elsewhere, it shows later whether the end of the log was cut off. */
  head: string | null;
  /** The first entry that is not as it was written, or does not follow on the one before it. */
  broken?: { id: string; why: string };
  /** Whether `seal` was come by. */
  sealFound: boolean;
}

/** Recomputes the chain of hashes from the first entry on. `seal`: a hash that must be in it, in hex. */
export async function verifyAudit(sql: Queryable, seal?: string): Promise<Verdict> {
  const verdict: Verdict = { entries: 0, head: null, sealFound: false };
  for (let after = "0";;) {
    const page = await auditPage(sql, after, PAGE);
    for (const { id, previousHash, hash, expectedHash } of page) {
      if (previousHash !== (verdict.head ?? "00")) {
        return { ...verdict, broken: { id, why: "the entry before it is missing or was replaced" } };
      }
      if (hash !== expectedHash) {
        return { ...verdict, broken: { id, why: "it was changed after it was written" } };
      }
      verdict.entries++;
      verdict.head = hash;
      verdict.sealFound ||= hash === seal;
    }
    if (page.length < PAGE) return verdict;
    after = page.at(-1)!.id;
  }
}
