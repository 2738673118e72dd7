/** Where the `denokv` server is, for the task that installs it, the one that runs it, and the tests. */
import { join } from "node:path";

export const DENOKV_VERSION = "0.14.0";

const ROOT = new URL("../", import.meta.url).pathname;

/** The folder that `cargo install` fills: the checkout's own, one for each version. */
export const DENOKV_FOLDER = join(ROOT, ".cache", `denokv-${DENOKV_VERSION}`);

/** The program: the one that `DENOKV` names, else what `deno task denokv:install` has built. It need not be there. */
export function denokvPath(): string {
  return Deno.env.get("DENOKV") || join(DENOKV_FOLDER, "bin", "denokv");
}

/** Whether {@link denokvPath} names a file. */
export function hasDenokv(): boolean {
  try {
    return Deno.statSync(denokvPath()).isFile;
  } catch {
    return false;
  }
}
