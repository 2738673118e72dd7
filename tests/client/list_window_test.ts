import { expect } from "expect";
import fc from "fast-check";
import { type Held, type ListedRow, ListWindow, type Piece } from "../../lib/client/list_window.ts";

const SCREEN = 600;

/** A page that draws what the window says, with rows of heights that the window learns only by measuring them. */
class FakePage {
  readonly near = new ListWindow();
  pieces: readonly Piece[] = [];
  held: Held[] = [];
  shown: number[] = [];
  top = 0;
  draws = 0;

  constructor(public rows: ListedRow[], readonly realHeight: (key: string) => number) {
    this.draw();
  }

  draw(): void {
    this.pieces = this.near.lay(this.rows, this.shown);
    this.draws++;
    this.near.measured(this.#heights().map(({ height }) => height));
  }

  /** What stands in the list, from its beginning. */
  #heights(): { row?: number; height: number }[] {
    return this.pieces.flatMap(({ from, to, gap }): { row?: number; height: number }[] =>
      gap === undefined
        ? this.rows.slice(from, to).map(({ key }, at) => ({ row: from + at, height: this.realHeight(key) }))
        : [{ height: gap }]
    );
  }

  /** As the browser has it: no further than the list's end. Then draws until nothing changes any more. */
  scrollTo(top: number): void {
    for (let times = 0;; times++) {
      if (times > 50) throw new Error("it never comes to rest");
      const length = this.#heights().reduce((sum, { height }) => sum + height, 0);
      this.top = Math.max(0, Math.min(top, length - SCREEN));
      if (!this.near.look({ top: this.top, height: SCREEN }, this.held)) return;
      this.draw();
    }
  }

  /** Rows on screen; null stands for a gap. */
  onScreen(): (number | null)[] {
    let y = 0;
    return this.#heights().flatMap(({ row, height }) => {
      const [from, to] = [y, y += height];
      return to > this.top && from < this.top + SCREEN ? [row ?? null] : [];
    });
  }

  get drawn(): number {
    return this.#heights().filter(({ row }) => row !== undefined).length;
  }
}

const rowsOf = (count: number, from = 0): ListedRow[] =>
  Array.from({ length: count }, (_, index) => ({ key: `row ${from + index}`, kind: "message" }));
/** Some rows are as high as a line, some as a picture. */
const HEIGHTS = (key: string) => [24, 32, 60, 24, 180, 84, 24, 420][Number(key.match(/-?\d+/)![0]) & 7]!;

function isWhole(pieces: readonly Piece[], count: number): void {
  expect(pieces[0]?.from).toBe(0);
  expect(pieces.at(-1)?.to).toBe(count);
  for (const [index, piece] of pieces.entries()) {
    expect(piece.to).toBeGreaterThan(piece.from);
    if (index > 0) expect(piece.from).toBe(pieces[index - 1]!.to);
  }
}

Deno.test("a list stays whole when it is short, or nobody has looked at it yet", () => {
  const long = new ListWindow();
  expect(long.lay(rowsOf(1_000))).toEqual([{ from: 0, to: 1_000 }]);
  const page = new FakePage(rowsOf(120), HEIGHTS);
  page.scrollTo(1_000);
  expect(page.pieces).toEqual([{ from: 0, to: 120 }]);
});

Deno.test("what is on screen is in the page wherever somebody scrolls, and little else is", () => {
  const way = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(way, (places) => {
    const page = new FakePage(rowsOf(2_000), HEIGHTS);
    for (const place of places) {
      page.scrollTo(place * 200_000);
      isWhole(page.pieces, 2_000);
      expect(page.onScreen()).not.toContain(null);
      expect(page.drawn).toBeLessThan(150);
    }
  }));
});

Deno.test("drawing comes to rest after a few times when somebody scrolls through all of it", () => {
  const page = new FakePage(rowsOf(2_000), HEIGHTS);
  page.scrollTo(Infinity);
  for (let screens = 0; page.top > 0; screens++) {
    const before = page.draws;
    page.scrollTo(page.top - SCREEN / 2);
    expect(page.onScreen()).not.toContain(null);
    expect(page.draws - before).toBeLessThan(4);
    if (screens > 1_000) throw new Error("the beginning does not come");
  }
  expect(page.onScreen()[0]).toBe(0);
});

Deno.test("the rows on screen stay in the page when others come before them and after them", () => {
  const page = new FakePage(rowsOf(400), HEIGHTS);
  page.scrollTo(15_000);
  const seen = page.onScreen().map((row) => page.rows[row!]!.key);
  page.rows = [...rowsOf(50, -50), ...page.rows, ...rowsOf(500, 400)];
  page.draw();
  isWhole(page.pieces, 950);
  const drawn = page.pieces.flatMap(({ from, to, gap }) =>
    gap === undefined ? page.rows.slice(from, to).map(({ key }) => key) : []
  );
  expect(drawn).toEqual(expect.arrayContaining(seen));
  expect(drawn.length).toBeLessThan(150);
});

Deno.test("a day's line that moves to the day's true beginning takes no row out of the page", () => {
  const day: ListedRow = { key: "day-2026-08-02", kind: "day" };
  const page = new FakePage([day, ...rowsOf(300)], (key) => key === day.key ? 40 : HEIGHTS(key));
  page.scrollTo(0);
  const seen = page.onScreen().slice(1).map((row) => page.rows[row!]!.key);
  page.rows = [day, ...rowsOf(100, -100), ...page.rows.slice(1)];
  page.draw();
  const { from, to } = page.pieces.find(({ gap }) => gap === undefined)!;
  expect(page.rows.slice(from, to).map(({ key }) => key)).toEqual(expect.arrayContaining(seen));
});

Deno.test("a row that is held stays in the page when the view goes far away, and goes when it is let go", () => {
  const page = new FakePage(rowsOf(1_000), HEIGHTS);
  page.scrollTo(40_000);
  const focused = page.onScreen()[2]!;
  const { key } = page.rows[focused]!;
  page.held = [[key, key]];
  const isDrawn = () =>
    page.pieces.some(({ from, to, gap }) => gap === undefined && from <= focused && focused < to);
  for (const top of [30_000, 0, 80_000]) {
    page.scrollTo(top);
    isWhole(page.pieces, 1_000);
    expect(isDrawn()).toBe(true);
  }
  page.held = [];
  page.scrollTo(0);
  expect(isDrawn()).toBe(false);
});

Deno.test("all rows between the two ends of a selection stay in the page, in whichever direction it was made", () => {
  const page = new FakePage(rowsOf(1_000), HEIGHTS);
  page.scrollTo(10_000);
  page.held = [["row 90", "row 60"]];
  page.scrollTo(60_000);
  expect(page.pieces.some(({ from, to, gap }) => gap === undefined && from === 60 && to === 91)).toBe(true);
});

Deno.test("a row that must be shown is in the page wherever the view is", () => {
  const page = new FakePage(rowsOf(1_000), HEIGHTS);
  page.scrollTo(50_000);
  page.shown = [3, 3, 999];
  page.draw();
  isWhole(page.pieces, 1_000);
  const drawn = page.pieces.filter(({ gap }) => gap === undefined).map(({ from, to }) => [from, to]);
  expect(drawn).toContainEqual([3, 4]);
  expect(drawn).toContainEqual([999, 1_000]);
});

Deno.test("a list that is exchanged for another one is drawn around the same distance from its end", () => {
  const page = new FakePage(rowsOf(1_000), HEIGHTS);
  page.scrollTo(Infinity);
  page.rows = rowsOf(600, 5_000);
  page.draw();
  isWhole(page.pieces, 600);
  expect(page.pieces.at(-1)!.gap).toBeUndefined();
  page.scrollTo(Infinity);
  expect(page.onScreen().at(-1)).toBe(599);
});
