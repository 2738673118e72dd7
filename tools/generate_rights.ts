/**
 * Writes `docs/rights.md` from the table of rights that the tests walk. Run with `--check` it writes nothing and fails
 * when the document is stale.
 */
import { rightsDocument } from "../tests/rooms/rights/document.ts";

const FILE = new URL("../docs/rights.md", import.meta.url);

if (import.meta.main) {
  const document = rightsDocument();
  if (!Deno.args.includes("--check")) await Deno.writeTextFile(FILE, document);
  else if (await Deno.readTextFile(FILE).catch(() => "") !== document) {
    console.error("docs/rights.md is stale: deno run -A tools/generate_rights.ts");
    Deno.exit(1);
  }
}
