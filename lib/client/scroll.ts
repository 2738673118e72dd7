/**
 * Keeps the reader's place in a list that grows at both ends. The scroller is `flex-col-reverse` around one wrapper,
 * so `scrollTop` is 0 at the end and negative above it. At the end it follows; anywhere else the first row on screen
 * stays where it is, whatever comes above, below or between.
 */

/** Nearer to the end than this counts as at the end, in pixels: about one line. */
const END_SLACK = 40;
/** Older messages are fetched when less than this is left above, so that they are there before one arrives. */
const NEAR_TOP = 800;

/** Where a row stands on the screen, in pixels from its top. */
export interface Span {
  top: number;
  bottom: number;
}

/** Index of the first of `count` rows, sorted from the top, that reaches below `edge`; `count` when none does. */
export function firstBelow(count: number, at: (index: number) => Span, edge: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle).bottom > edge) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether the end of the list is on screen. */
export function isAtEnd(scrollTop: number): boolean {
  return scrollTop > -END_SLACK;
}

/** Whether the beginning of what is loaded is near. */
export function isNearTop(scroller: Pick<Element, "scrollTop" | "scrollHeight" | "clientHeight">): boolean {
  return scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop < NEAR_TOP;
}

export interface ScrollHandlers {
  /** The reader came to the end, or left it. */
  onPlace(atEnd: boolean): void;
  onNearTop(): void;
}

export class ScrollKeeper {
  #following = true;
  /** A row and how far its top stands above the scroller's lower edge: that edge moves with the keyboard. */
  #anchor: { row: Element; above: number } | null = null;
  readonly #resized: ResizeObserver;
  readonly #scrolled = () => this.#remember();

  constructor(
    readonly scroller: HTMLElement,
    readonly content: HTMLElement,
    readonly rows: () => ArrayLike<Element>,
    readonly handlers: ScrollHandlers,
  ) {
    // The browser's own anchoring would correct a second time.
    scroller.style.setProperty("overflow-anchor", "none");
    scroller.addEventListener("scroll", this.#scrolled, { passive: true });
    this.#resized = new ResizeObserver(() => this.keep());
    this.#resized.observe(scroller);
    this.#resized.observe(content);
    this.#remember();
  }

  dispose(): void {
    this.#resized.disconnect();
    this.scroller.removeEventListener("scroll", this.#scrolled);
  }

  /** After the list has changed: puts the reader back where they were. Call it before the browser paints. */
  keep(): void {
    if (this.#hidden) return;
    if (this.#following) this.#scrollTo(0);
    else if (this.#anchor?.row.isConnected) {
      const moved = this.#anchor.above - this.#above(this.#anchor.row);
      if (Math.abs(moved) >= 1) this.#scrollTo(this.scroller.scrollTop + moved);
    }
    this.#remember();
  }

  toEnd(): void {
    this.#scrollTo(0);
    this.#remember();
  }

  /** Brings a row to the middle of the screen. */
  toRow(row: Element): void {
    row.scrollIntoView({ block: "center" });
    this.#remember();
  }

  /** Another pane covers the list: nothing here can be measured. */
  get #hidden(): boolean {
    return this.scroller.clientHeight === 0;
  }

  #scrollTo(top: number): void {
    if (this.scroller.scrollTop !== top) this.scroller.scrollTop = top;
  }

  #above(row: Element): number {
    return this.scroller.getBoundingClientRect().bottom - row.getBoundingClientRect().top;
  }

  #remember(): void {
    if (this.#hidden) return;
    const rows = this.rows();
    const edge = this.scroller.getBoundingClientRect().top;
    const first = rows[firstBelow(rows.length, (index) => rows[index]!.getBoundingClientRect(), edge)];
    this.#anchor = first ? { row: first, above: this.#above(first) } : null;
    const atEnd = isAtEnd(this.scroller.scrollTop);
    if (atEnd !== this.#following) {
      this.#following = atEnd;
      this.handlers.onPlace(atEnd);
    }
    if (isNearTop(this.scroller)) this.handlers.onNearTop();
  }
}
