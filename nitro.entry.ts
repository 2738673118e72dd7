// What Nitro bundles as the server: the pages alone. main.ts owns the server around them.
// @ts-ignore: Nitro makes this module while it builds.
import "#nitro/virtual/polyfills";
import { useNitroApp } from "nitro/app";

export default { fetch: (req: Request): Response | Promise<Response> => useNitroApp().fetch(req) };
