// What Nitro bundles as the server: the pages alone. main.ts owns the server around them.
import "#nitro/virtual/polyfills";
import { useNitroApp } from "nitro/app";

export default { fetch: (req: Request): Response | Promise<Response> => useNitroApp().fetch(req) };
