/** Finishing a word that has been begun: `:sho` → 🍰, `@an` → @ann, `#ge` → #general. What is found is the caller's. */
import { Listeners } from "../listeners.ts";

export type Trigger = ":" | "@" | "#";

/** The begun word at the caret; `from` and `to` as in `selectionStart`, the trigger included. */
export interface Token {
  trigger: Trigger;
  /** Without the trigger. */
  query: string;
  from: number;
  to: number;
}

export interface Edit {
  text: string;
  caret: number;
}

/** Two letters for an emoji: a smiley of colons and brackets, and the time of day, are left alone. */
const TOKEN =
  /(?<![^\s(["'*_~])(?:(:)([\p{L}\p{N}_+-]{2,32})|(@)([\p{L}\p{N}._-]{0,32})|(#)([\p{L}\p{N}_-]{0,64}))$/u;

/** The word to finish before the caret, if there is one. */
export function tokenAt(text: string, caret: number): Token | null {
  const found = text.slice(0, caret).match(TOKEN);
  if (!found) return null;
  const [whole, ...parts] = found;
  const at = parts.findIndex((part) => part !== undefined);
  return {
    trigger: parts[at] as Trigger,
    query: parts[at + 1]!,
    from: found.index!,
    to: found.index! + whole.length,
  };
}

/** The text with the word finished, and one space after it. */
export function finished(text: string, { from, to }: Token, insertion: string): Edit {
  const after = text.slice(to);
  const space = /^\s/.test(after) ? "" : " ";
  return { text: text.slice(0, from) + insertion + space + after, caret: from + insertion.length + 1 };
}

/** A whole `:code:` that the caret has just left, for those who type them out. */
export function closedCode(text: string, caret: number): Token | null {
  const found = text.slice(0, caret).match(/(?<![^\s(["'*_~]):([\p{L}\p{N}_+-]{1,64}):$/u);
  return found && { trigger: ":", query: found[1]!, from: found.index!, to: caret };
}

export interface CompletionView<Item> {
  /** Empty while there is nothing to choose from. */
  items: readonly Item[];
  /** Which of them Enter takes. */
  active: number;
  token: Token | null;
}

export interface CompletionDeps<Item> {
  /** The best first, and not many. A failure counts as nothing found. */
  find: (token: Token) => readonly Item[] | Promise<readonly Item[]>;
  /** What is written in place of the word. */
  insertion: (item: Item) => string;
  onEdit: (edit: Edit, item: Item) => void;
}

type Key = Pick<KeyboardEvent, "key" | "isComposing" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

const NOTHING = { items: [], active: 0, token: null };

/** One list of suggestions beside one text field, which keeps the focus. */
export class Completion<Item> {
  #view: CompletionView<Item> = NOTHING;
  #text = "";
  /** Where a word begins whose list was sent away. */
  #dismissed: number | null = null;
  /** Rises with every look: an answer to an older one comes too late. */
  #looks = 0;
  readonly #changes = new Listeners<CompletionView<Item>>();

  constructor(readonly deps: CompletionDeps<Item>) {}

  get view(): CompletionView<Item> {
    return this.#view;
  }

  subscribe(listener: (view: CompletionView<Item>) => void): () => void {
    return this.#changes.add(listener);
  }

  /** After every change of the text and every move of the caret. */
  async look(text: string, caret: number): Promise<void> {
    const look = ++this.#looks;
    const token = tokenAt(text, caret);
    if (token?.from !== this.#dismissed) this.#dismissed = null;
    if (!token || token.from === this.#dismissed) return this.#become(NOTHING);
    let items: readonly Item[];
    try {
      items = await this.deps.find(token);
    } catch {
      items = [];
    }
    if (look !== this.#looks) return;
    this.#text = text;
    this.#become(items.length > 0 ? { items, active: 0, token } : NOTHING);
  }

  /** @returns whether the key was for the list; then it is not for the field */
  key({ key, isComposing, shiftKey, ctrlKey, metaKey, altKey }: Key): boolean {
    const { items, active } = this.#view;
    if (items.length === 0 || isComposing || ctrlKey || metaKey || altKey || shiftKey) return false;
    if (key === "ArrowDown") this.activate((active + 1) % items.length);
    else if (key === "ArrowUp") this.activate((active + items.length - 1) % items.length);
    else if (key === "Enter" || key === "Tab") this.pick(active);
    else if (key === "Escape") this.dismiss();
    else return false;
    return true;
  }

  activate(active: number): void {
    this.#become({ ...this.#view, active });
  }

  /** Writes the item in place of the word. */
  pick(index: number): void {
    const { items, token } = this.#view;
    const item = items[index];
    if (!token || item === undefined) return;
    this.#looks++;
    this.#become(NOTHING);
    this.deps.onEdit(finished(this.#text, token, this.deps.insertion(item)), item);
  }

  /** Not for this word: it was meant as it stands. */
  dismiss(): void {
    this.#dismissed = this.#view.token?.from ?? null;
    this.close();
  }

  /** The field has lost the focus, or was emptied. */
  close(): void {
    this.#looks++;
    this.#become(NOTHING);
  }

  #become(view: CompletionView<Item>): void {
    if (view === NOTHING && this.#view === NOTHING) return;
    this.#view = view;
    this.#changes.tell(view);
  }
}
