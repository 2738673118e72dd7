/** The words of a paragraph: one pass from left to right that cuts them into tokens; links are made as they close. */
import { type Address, addressOf, runningAddress } from "./addresses.ts";
import { before, DIRECTION_CONTROLS } from "./characters.ts";
import { delimiterOf, resolve, type Token } from "./delimiters.ts";
import type { Inline, Link } from "./tree.ts";

/** Everything up to the next character that may mean something. */
const PLAIN = /(?:[^\\`*_~|\[\]<:@#hm¯]|h(?!ttps?:\/\/)|m(?!ailto:)|¯(?!\\_\(ツ\)_\/¯))+/iy;
const SHRUG = "¯\\_(ツ)_/¯";
/** What a backslash makes plain. Before all else it is a backslash: paths of Windows and regular expressions are talked
 * about too. */
const ESCAPABLE = /[\\`*_~|[\]<:@#]/;
/** These mean something at the beginning of a line only. */
const ESCAPABLE_FIRST = /^[ \t]*(?:[->]|\d{1,9}[.)])$/;
const RUN = /`+|\*+|_+|~+|\|+/y;
const BETWEEN_ANGLES = /<([^\s<>]+)>/y;
const SHORTCODE = /:(\+1|-1|100|1234|(?=[0-9_+-]*[a-z])[a-z0-9][a-z0-9_+-]{0,63}):/y;
/** As `username` of the accounts' forms has it. Never after a character that mail addresses have before theirs. */
const MENTION = /@(?=[0-9_]*[A-Za-z])([A-Za-z0-9_]{3,20})(?![\w@])/y;
/** Slugs hold a letter, which sets them apart from numbers. */
const ROOM = /#(?=[0-9-]*[A-Za-z])([A-Za-z0-9](?:-?[A-Za-z0-9]){0,63}(?:\/[a-z]{2})?)(?![\w-])/y;
const WORD_BEFORE = /[\w@/&+#.]/;
const DESTINATION_IN_ANGLES = /[ \t]*<([^<>\n]*)>[ \t]*\)/y;
/** Brackets that an address opens and closes itself; deeper ones do not occur. */
const DESTINATION = /[ \t]*((?:[^\s()<>\\]|\((?:[^\s()<>\\]|\([^\s()<>\\]*\))*\))+)[ \t]*\)/y;

/** A `[` that waits for its `]`. */
interface Bracket {
  place: number;
  /** After `!` stands a picture, and pictures are shown as they were typed. */
  picture: boolean;
}

class Scanner {
  readonly #tokens: Token[] = [];
  #brackets: Bracket[] = [];
  #at = 0;
  #underscores = 0;
  #ticks: Map<number, number[]> | null = null;

  constructor(readonly text: string) {}

  scan(): Inline[] {
    while (this.#at < this.text.length) {
      const plain = this.#match(PLAIN);
      if (plain) this.#push(plain[0]);
      else this.#special(this.text[this.#at]!);
    }
    return resolve(this.#tokens);
  }

  #match(pattern: RegExp, at = this.#at): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(this.text);
  }

  /** Takes `source` off the text and lays down `token`, or itself as text. */
  #push(source: string, token: Token = { type: "text", text: source }): void {
    this.#tokens.push(token);
    this.#at += source.length;
  }

  #special(character: string): void {
    const taken = this.#take(character);
    if (!taken) this.#push(character);
  }

  #take(character: string): boolean {
    switch (character) {
      case "\\":
        return this.#escape();
      case "`":
        return this.#code();
      case "[":
        this.#brackets.push({ place: this.#tokens.length, picture: this.text[this.#at - 1] === "!" });
        return false;
      case "]":
        return this.#link();
      case "<":
        return this.#angles();
      case ":":
        return this.#named(SHORTCODE, false, (code) => ({ type: "shortcode", code }));
      case "@":
        return this.#mention();
      case "#":
        return this.#named(ROOM, true, (slug) => ({ type: "room_link", slug }));
      case "¯":
        this.#push(SHRUG);
        return true;
      case "*":
      case "_":
      case "~":
      case "|":
        return this.#delimiter();
      default:
        return this.#address();
    }
  }

  #escape(): boolean {
    const next = this.text[this.#at + 1];
    if (next === undefined) return false;
    const line = () => this.text.slice(this.text.lastIndexOf("\n", this.#at - 1) + 1, this.#at);
    if (!ESCAPABLE.test(next) && !(/[->.)]/.test(next) && ESCAPABLE_FIRST.test(line() + next))) return false;
    this.#push(`\\${next}`, { type: "text", text: next });
    return true;
  }

  /** A run of backticks is closed by the next run of the same length. */
  #code(): boolean {
    const run = this.#match(RUN)![0];
    this.#ticks ??= ticksIn(this.text);
    const closers = this.#ticks.get(run.length);
    const start = this.#at + run.length;
    // Backwards, because the nearest ones stand at the end: those that were passed are taken off for good.
    while (closers?.length && closers.at(-1)! < start) closers.pop();
    const end = closers?.at(-1);
    if (end === undefined) this.#push(run);
    else {
      const inside = this.text.slice(start, end);
      const padded = /^[ \n][^]*[ \n]$/.test(inside) && inside.trim() !== "";
      this.#push(run + inside + run, { type: "code", text: padded ? inside.slice(1, -1) : inside });
    }
    return true;
  }

  #delimiter(): boolean {
    const run = this.#match(RUN)![0];
    const token = delimiterOf(this.text, this.#at, this.#at + run.length);
    const means = token.mark === "~" ? run.length === 2 : token.mark !== "|" || run.length >= 2;
    if (token.mark === "_" && token.opens) this.#underscores++;
    this.#push(run, means ? token : undefined);
    return true;
  }

  #named(pattern: RegExp, alone: boolean, node: (name: string) => Inline): boolean {
    const found = this.#match(pattern);
    if (!found || (alone && WORD_BEFORE.test(before(this.text, this.#at)))) return false;
    this.#push(found[0], node(found[1]!));
    return true;
  }

  /** In `_hello @ann_` the last underscore closes what the first one began. */
  #mention(): boolean {
    return this.#named(MENTION, true, (name) => {
      const username = this.#underscores > 0 ? name.replace(/_+$/, "") : name;
      if (username.length < 3) return { type: "text", text: `@${name}` };
      this.#at -= name.length - username.length;
      return { type: "mention", username };
    });
  }

  #address(): boolean {
    if (/\w/.test(before(this.text, this.#at))) return false;
    const typed = runningAddress(this.text, this.#at, this.#brackets.length > 0);
    if (!typed) return false;
    const address = addressOf(typed);
    this.#push(typed, address ? bare(address) : undefined);
    return true;
  }

  #angles(): boolean {
    const found = this.#match(BETWEEN_ANGLES);
    const address = found && addressOf(found[1]!);
    if (!address) return false;
    this.#push(found[0], { ...bare(address), quiet: true });
    return true;
  }

  /** At `]`: a link, when its `[` waits and `(address)` follows. Links hold no links, so earlier `[` wait no more. */
  #link(): boolean {
    const bracket = this.#brackets.pop();
    if (!bracket || bracket.picture || this.text[this.#at + 1] !== "(") return false;
    const inAngles = this.#match(DESTINATION_IN_ANGLES, this.#at + 2);
    const found = inAngles ?? this.#match(DESTINATION, this.#at + 2);
    const address = found && addressOf(found[1]!);
    if (!address) return false;
    const label = this.#tokens.slice(bracket.place + 1).map(flattened);
    const children = resolve(label).map(withoutTurns);
    if (shown(children).trim() === "") return false;
    this.#tokens.length = bracket.place;
    this.#brackets = [];
    const { href, host } = address;
    this.#push(`](${found[0]}`, { type: "link", href, host, ...(inAngles && { quiet: true }), children });
    return true;
  }
}

/** A link that shows where it leads. */
function bare({ href, text }: Address): Link {
  return { type: "link", href, children: [{ type: "text", text }] };
}

/** Where the runs of backticks of each length begin, last ones first. */
function ticksIn(text: string): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { index, 0: { length } } of [...text.matchAll(/`+/g)].reverse()) {
    const places = found.get(length);
    if (places) places.push(index);
    else found.set(length, [index]);
  }
  return found;
}

/** Within a label nothing else leads anywhere or opens. */
function flattened(token: Token): Token {
  if (token.type === "mention") return { type: "text", text: `@${token.username}` };
  if (token.type === "room_link") return { type: "text", text: `#${token.slug}` };
  if (token.type === "link") return { type: "text", text: shown(token.children) };
  if (token.type === "delimiter" && token.mark === "|") {
    return { type: "text", text: "|".repeat(token.length) };
  }
  return token;
}

/** Without characters that would turn the label's letters round. */
function withoutTurns(node: Inline): Inline {
  if ("children" in node) return { ...node, children: node.children.map(withoutTurns) };
  return "text" in node ? { ...node, text: node.text.replaceAll(DIRECTION_CONTROLS, "") } : node;
}

function shown(nodes: Inline[]): string {
  return nodes.map((node) => {
    if ("children" in node) return shown(node.children);
    return "text" in node ? node.text : node.type === "shortcode" ? node.code : "";
  }).join("");
}

/** Reads the words of one paragraph. Takes time in proportion to their length, whatever they are. */
export function parseInline(text: string): Inline[] {
  return new Scanner(text).scan();
}
