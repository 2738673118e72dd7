import type { Plugin } from "vite";
import { isStyleSource, makeStylesheet } from "./stylesheet.ts";

const ID = "virtual:parley.css";
const RESOLVED = `\0${ID}`;

/**
 * Twind at build time: `import "virtual:parley.css"` is the finished stylesheet, and no style runtime reaches the
 * browser. A saved source writes it anew.
 */
export function stylesheet(): Plugin {
  let root = "";
  return {
    name: "parley-stylesheet",
    configResolved(config) {
      root = config.root;
    },
    resolveId(id) {
      return id === ID ? RESOLVED : undefined;
    },
    load(id) {
      if (id !== RESOLVED) return;
      const { css, unknown } = makeStylesheet(root);
      if (unknown.length > 0) this.warn(`no such class: ${unknown.join(", ")}`);
      return css;
    },
    hotUpdate({ file, modules }) {
      const sheet = isStyleSource(root, file) && this.environment.moduleGraph.getModuleById(RESOLVED);
      if (!sheet) return;
      this.environment.moduleGraph.invalidateModule(sheet);
      return [...modules, sheet];
    },
  };
}
