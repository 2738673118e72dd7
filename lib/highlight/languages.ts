/** What people write after the fence, and the language that is meant. Here apart, so that whoever only wants to know
 * whether a language has colours need not load how. */
const NAMES = {
  bash: "bash console shell shellscript sh zsh",
  c: "c cc cpp c++ h hpp cs csharp",
  css: "css less scss",
  diff: "diff patch",
  docker: "docker dockerfile",
  go: "go golang",
  html: "html svelte vue",
  ini: "conf ini",
  java: "java kotlin kt",
  js: "cjs javascript js jsx mjs",
  json: "json json5 jsonc",
  lua: "lua",
  make: "make makefile",
  py: "py python",
  rs: "rs rust",
  sql: "mysql postgres postgresql sql sqlite",
  toml: "toml",
  ts: "cts mts ts tsx typescript",
  xml: "svg xml",
  yaml: "yaml yml",
};

export type Language = keyof typeof NAMES;

/** The language that goes by this name, if it has colours here. */
export function languageOf(name: string): Language | null {
  const found = Object.entries(NAMES).find(([, names]) => names.split(" ").includes(name.toLowerCase()));
  return found ? found[0] as Language : null;
}
