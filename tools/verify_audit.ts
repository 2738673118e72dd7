/**
 * `deno task audit:verify [hash]`: recomputes the audit log's chain and says where it breaks. A chain alone cannot show
 * that its end was cut off: note the hash it prints, and give it next time.
 */
import { verifyAudit } from "../lib/audit/verify.ts";
import { runTask } from "./task.ts";

await runTask("parley audit", async (sql) => {
  const [seal] = Deno.args;
  const { entries, head, broken, sealFound } = await verifyAudit(sql, seal);
  if (broken) {
    console.error(
      `The audit log is broken at entry ${broken.id}: ${broken.why}. The ${entries} before it are sound.`,
    );
    return false;
  }
  if (seal && !sealFound) {
    console.error(
      `The audit log is a sound chain of ${entries}, but ${seal} is not in it: its end was cut off or rewritten.`,
    );
    return false;
  }
  console.log(
    head ? `The audit log is sound: ${entries} entries, the last one is ${head}.` : "The audit log is empty.",
  );
  return true;
});
