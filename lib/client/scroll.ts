/**
 * Keeps the reader's place in a list that grows at both ends. The scroller is `flex-col-reverse` around one wrapper,
 * so `scrollTop` is 0 at the end and negative above it. At the end it follows; anywhere else the first row on screen
 * stays where it is, whatever comes above, below or between.
 */

/** Nearer to the end than this counts as at the end, in pixels: about one line. */
const END_SLACK = 40;
/** Messages are fetched when fewer screens than this are left on that side, so that they are there before one arrives. */
const NEAR = 2;
/** Less than this, in pixels, may come of rounding where a row is and how far was scrolled. */
const ROUNDED = 2;
/** So many screens from the end it is far. */
const FAR = 3;

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
  return scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop <
    NEAR * scroller.clientHeight;
}

/** Whether the end of what is loaded is near. */
export function isNearEnd(scroller: Pick<Element, "scrollTop" | "clientHeight">): boolean {
  return -scroller.scrollTop < NEAR * scroller.clientHeight;
}

export interface ScrollHandlers {
  /** Nothing comes after the list's end. Otherwise the end is a place like any other, and is not followed. */
  endsHere(): boolean;
  /** The reader came to the end, or left it. */
  onPlace(atEnd: boolean): void;
  /** The end is some screens away now, or no more. */
  onFar(far: boolean): void;
  onNearTop(): void;
  /** Only where the list goes on. */
  onNearEnd(): void;
  /** The view may stand elsewhere in the list now. */
  onMoved(): void;
}

export class ScrollKeeper {
  #following = true;
  #far = false;
  /** The first row on screen, and how far its top stands above the scroller's lower edge: that edge moves with the keyboard. */
  #anchor: { row: Element; above: number } | null = null;
  readonly #resized: ResizeObserver;
  /** `scrollTop` when the anchor was noted. */
  #top = 0;
  // At the end the reader leaves by scrolling. Elsewhere rows may have changed in the same frame.
  readonly #scrolled = () => this.#following ? this.#remember() : this.keep();

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
    else this.#stay();
    this.#remember();
  }

  /** What the reader scrolled is theirs; by whatever else the anchor has moved, the view moves with it. */
  #stay(): void {
    if (!this.#anchor?.row.isConnected) return;
    const { scrollTop } = this.scroller;
    const scrolled = scrollTop - this.#top;
    const moved = this.#anchor.above + scrolled - this.#above(this.#anchor.row);
    if (Math.abs(moved) >= (scrolled === 0 ? 1 : ROUNDED)) this.#scrollTo(scrollTop + moved);
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
    const at = firstBelow(rows.length, (index) => rows[index]!.getBoundingClientRect(), edge);
    // The very first one is drawn anew when others come before it: it may not begin a group any more.
    const row = (at === 0 ? rows[1] : null) ?? rows[at];
    this.#anchor = row ? { row, above: this.#above(row) } : null;
    const { scrollTop, clientHeight } = this.scroller;
    this.#top = scrollTop;
    const ends = this.handlers.endsHere();
    const atEnd = ends && isAtEnd(scrollTop);
    if (atEnd !== this.#following) {
      this.#following = atEnd;
      this.handlers.onPlace(atEnd);
    }
    const far = -scrollTop > FAR * clientHeight;
    if (far !== this.#far) this.handlers.onFar(this.#far = far);
    if (isNearTop(this.scroller)) this.handlers.onNearTop();
    if (!ends && isNearEnd(this.scroller)) this.handlers.onNearEnd();
    this.handlers.onMoved();
  }
}
