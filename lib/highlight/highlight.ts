/**
 * Colours for code. Loaded when a message holds code in a language that is known (`languages.ts`), and never before:
 * import it dynamically.
 */
import bash from "@speed-highlight/core/languages/bash.js";
import c from "@speed-highlight/core/languages/c.js";
import css from "@speed-highlight/core/languages/css.js";
import diff from "@speed-highlight/core/languages/diff.js";
import docker from "@speed-highlight/core/languages/docker.js";
import go from "@speed-highlight/core/languages/go.js";
import html from "@speed-highlight/core/languages/html.js";
import ini from "@speed-highlight/core/languages/ini.js";
import java from "@speed-highlight/core/languages/java.js";
import js from "@speed-highlight/core/languages/js.js";
import json from "@speed-highlight/core/languages/json.js";
import lua from "@speed-highlight/core/languages/lua.js";
import make from "@speed-highlight/core/languages/make.js";
import py from "@speed-highlight/core/languages/py.js";
import rs from "@speed-highlight/core/languages/rs.js";
import sql from "@speed-highlight/core/languages/sql.js";
import toml from "@speed-highlight/core/languages/toml.js";
import ts from "@speed-highlight/core/languages/ts.js";
import xml from "@speed-highlight/core/languages/xml.js";
import yaml from "@speed-highlight/core/languages/yaml.js";
import { type ShjToken, tokenizeWith } from "@speed-highlight/core/tokenize";
import type { Language } from "./languages.ts";

/** Kinds that the stylesheet has a colour for. */
export type TokenKind =
  | "keyword"
  | "string"
  | "number"
  | "comment"
  | "function"
  | "type"
  | "added"
  | "removed"
  | "sign";

export interface CodeToken {
  text: string;
  /** Left out where the text has no colour of its own. */
  kind?: TokenKind;
}

const GRAMMARS = {
  bash,
  c,
  css,
  diff,
  docker,
  go,
  html,
  ini,
  java,
  js,
  json,
  lua,
  make,
  py,
  rs,
  sql,
  toml,
  ts,
  xml,
  yaml,
} satisfies Record<Language, unknown>;

const KINDS: Record<ShjToken, TokenKind> = {
  kwd: "keyword",
  section: "keyword",
  str: "string",
  esc: "number",
  num: "number",
  bool: "number",
  cmnt: "comment",
  func: "function",
  class: "type",
  type: "type",
  var: "type",
  insert: "added",
  deleted: "removed",
  err: "removed",
  oper: "sign",
};

/** Cuts code into tokens, whose texts together are the code. Meant for messages: 2,000 characters at most. */
export function highlight(code: string, language: Language): CodeToken[] {
  const tokens: CodeToken[] = [];
  tokenizeWith(code, GRAMMARS[language], (text, type) => {
    if (text === "") return;
    const kind = type && KINDS[type];
    const last = tokens.at(-1);
    if (last && last.kind === kind) last.text += text;
    else tokens.push(kind ? { text, kind } : { text });
  }, { languages: GRAMMARS });
  return tokens;
}
