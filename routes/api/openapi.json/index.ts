import { anyone } from "../../../lib/http/guards.ts";
import { openApi } from "../../../openapi.gen.ts";

/** In a folder of its own: a module whose name ended in `.json` would be read as JSON by the bundler. */
export const handlers = {
  /** This interface as an OpenAPI 3.1 document, without an envelope. */
  GET: anyone(() => Response.json(openApi)),
};
