/**
 * Which rows of a long list are in the page: those near the view, and those that somebody holds; an empty space of the
 * same height stands for all others. Heights are measured while a row is there and kept when it leaves, so the list
 * keeps its length. Knows no DOM: it is told what was measured, and where the view is.
 */

/** A list of so many rows stays whole: it costs little, and the browser's own search finds everything in it. */
const WHOLE = 150;
/** Screens of rows that are drawn above the view, and as many below it. */
const DRAWN = 2;
/** When fewer screens than this are left on either side, the window moves on: by little, so that no frame waits for it. */
const LEFT = 1.5;
/** Pixels that a row is taken for while hardly any has been measured. */
const GUESS = 48;
const FEW = 10;
/** Heights of rows that are gone are dropped when there are so many more of them than rows. */
const STALE = 2_000;
/** Lines between messages. Their keys turn up elsewhere when older rows come: a day begins earlier than it seemed. */
const LINES: ReadonlySet<string> = new Set(["day", "new"]);

export interface ListedRow {
  readonly key: string;
  readonly kind: string;
}

/** Rows `from` … `to` − 1: in the page, unless `gap` says how high (pixels) the space is that stands for them. */
export interface Piece {
  from: number;
  to: number;
  gap?: number;
}

/** The part of the list that is on screen, in pixels; `top` is counted from the list's beginning. */
export interface View {
  top: number;
  height: number;
}

/** From one row's key to another's: these rows stay in the page, and all between them. */
export type Held = readonly [from: string, to: string];

export class ListWindow {
  #rows: readonly ListedRow[] = [];
  #pieces: Piece[] = [];
  /** The row around which rows are drawn, and where it stood; null before the view was ever looked at. */
  #centre: { key: string; index: number; count: number } | null = null;
  #screen = 0;
  #held: readonly Held[] = [];
  #guess = GUESS;
  /** By key. A row's first guess stays until it is measured: what stands for it must not change meanwhile. */
  readonly #heights = new Map<string, number>();

  /**
   * What is in the page now. Before the first {@link look} it is everything, as the server has drawn it.
   * @param shown rows (by index) that are in the page wherever the view is
   */
  lay(rows: readonly ListedRow[], shown: readonly number[] = []): readonly Piece[] {
    this.#rows = rows;
    if (this.#heights.size > rows.length + STALE) this.#forget();
    this.#pieces = this.#centre && rows.length > WHOLE
      ? this.#cut(this.#near(), shown)
      : [{ from: 0, to: rows.length }];
    return this.#pieces;
  }

  /** @param heights of what {@link lay} gave, in its order: a height for each row and for each gap */
  measured(heights: ArrayLike<number>): void {
    let at = 0;
    let sum = 0;
    let count = 0;
    for (const { from, to, gap } of this.#pieces) {
      if (gap !== undefined) at++;
      else {
        for (let row = from; row < to; row++, count++) {
          const height = heights[at++] ?? 0;
          this.#heights.set(this.#rows[row]!.key, height);
          sum += height;
        }
      }
    }
    if (count >= FEW) this.#guess = sum / count;
  }

  /**
   * Takes note of where the view is.
   * @param held rows that would take the focus or a selection with them
   * @returns whether other rows have come near: then {@link lay} gives something else
   */
  look(view: View, held: readonly Held[] = []): boolean {
    if (this.#rows.length === 0 || view.height <= 0) return false;
    const first = this.#centre === null;
    const at = this.#rowAt(view.top);
    if (!first && this.#covers(at, view.height)) return false;
    const index = this.#steady(at);
    this.#centre = { key: this.#rows[index]!.key, index, count: this.#rows.length };
    this.#screen = view.height;
    this.#held = held;
    return this.#rows.length > WHOLE || this.#pieces.length > 1;
  }

  #heightOf(index: number): number {
    const { key } = this.#rows[index]!;
    const known = this.#heights.get(key);
    if (known !== undefined) return known;
    this.#heights.set(key, this.#guess);
    return this.#guess;
  }

  #heightFrom(from: number, to: number): number {
    let sum = 0;
    for (let index = from; index < to; index++) sum += this.#heightOf(index);
    return sum;
  }

  /** Index of the row that stands `top` pixels below the list's beginning, or the nearest. */
  #rowAt(top: number): number {
    let y = 0;
    for (const { from, to, gap } of this.#pieces) {
      if (gap !== undefined && y + gap <= top) y += gap;
      else {
        for (let index = from; index < to; index++) {
          y += this.#heightOf(index);
          if (y > top) return index;
        }
      }
    }
    return this.#rows.length - 1;
  }

  /** Whether what is drawn around the row at the view's top goes far enough past the view. */
  #covers(at: number, screen: number): boolean {
    const drawn = this.#pieces.find(({ from, to, gap }) => gap === undefined && from <= at && at < to);
    if (!drawn) return false;
    const above = drawn.from === 0 || this.#heightFrom(drawn.from, at) >= LEFT * screen;
    return above && (drawn.to === this.#rows.length ||
      this.#heightFrom(at, drawn.to) >= (1 + LEFT) * screen);
  }

  /** The nearest row whose key stays with it. */
  #steady(index: number): number {
    const isLine = (at: number) => LINES.has(this.#rows[at]?.kind ?? "");
    for (let at = index; at < this.#rows.length; at++) if (!isLine(at)) return at;
    return index;
  }

  #indexOf(key: string): number {
    return this.#rows.findIndex((row) => row.key === key);
  }

  /** Where the centre is by now: older rows were put before it, newer ones after it, or it is gone. */
  #centreNow(): number {
    const { key, index, count } = this.#centre!;
    const shifted = index + this.#rows.length - count;
    for (const at of [shifted, index]) if (this.#rows[at]?.key === key) return at;
    const found = this.#indexOf(key);
    return found >= 0 ? found : Math.min(Math.max(shifted, 0), this.#rows.length - 1);
  }

  /** The rows around the centre, as far as they are drawn. */
  #near(): Piece {
    const at = this.#centreNow();
    this.#centre = { key: this.#rows[at]!.key, index: at, count: this.#rows.length };
    let [from, to] = [at, at];
    for (let above = 0; from > 0 && above < DRAWN * this.#screen;) above += this.#heightOf(--from);
    for (let below = 0; to < this.#rows.length && below < (1 + DRAWN) * this.#screen;) {
      below += this.#heightOf(to++);
    }
    return { from, to };
  }

  /** Those that are held, beside those that are near; between them, gaps. */
  #cut(near: Piece, shown: readonly number[]): Piece[] {
    const held = this.#held.map((keys) => keys.map((key) => this.#indexOf(key)).sort((a, b) => a - b))
      .filter(([from]) => from! >= 0).map(([from, to]) => ({ from: from!, to: to! + 1 }));
    const alone = shown.map((index) => ({ from: index, to: index + 1 }));
    const pieces: Piece[] = [];
    let end = 0;
    for (const { from, to } of [near, ...held, ...alone].sort((a, b) => a.from - b.from)) {
      if (from > end) pieces.push(this.#gap(end, from));
      const last = pieces.at(-1);
      if (last && last.gap === undefined) last.to = Math.max(last.to, to);
      else pieces.push({ from, to });
      end = Math.max(end, to);
    }
    if (end < this.#rows.length) pieces.push(this.#gap(end, this.#rows.length));
    return pieces;
  }

  #gap(from: number, to: number): Piece {
    return { from, to, gap: this.#heightFrom(from, to) };
  }

  #forget(): void {
    const there = new Set(this.#rows.map(({ key }) => key));
    for (const key of this.#heights.keys()) if (!there.has(key)) this.#heights.delete(key);
  }
}
