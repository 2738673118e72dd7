/**
 * `deno task keys:rotate`: seals anew, under the current keys, what older ones sealed. Before it, the new key stands in
 * `ENCRYPTION_KEY` (or `PHONE_ENC_KEY`) and the one before in `ENCRYPTION_KEYS_OLD`, on every isolate; after it, the old
 * key may go. It may be stopped and begun again, and the server may run meanwhile.
 */
import { createVault } from "../lib/vault/create.ts";
import { rotateKeys } from "../lib/vault/rotation.ts";
import { createProgressBar } from "./progress_bar.ts";
import { runTask } from "./task.ts";

await runTask("parley key rotation", async (sql, config) => {
  const bar = createProgressBar();
  const vault = await createVault(config.vault);
  const count = await rotateKeys(sql, vault, ({ column, done, total }) => {
    bar(`${column.table}.${column.column}`, done, total);
  });
  console.log(count === 0 ? "Everything is under the current keys." : `Sealed ${count} values anew.`);
  return true;
});
