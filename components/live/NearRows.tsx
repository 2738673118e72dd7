import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";
import { type Held, ListWindow, type Piece } from "../../lib/client/list_window.ts";
import type { RowsProps } from "../room/message_props.ts";

/** The reader's place in the list, between those who keep it and those who draw the rows. */
export interface Place {
  /** The rows were drawn anew: puts the reader back where they were, before the browser paints. */
  keep(): void;
  /** The view has moved over the rows, or the rows have moved under it. */
  moved(): void;
}

export interface NearRowsProps extends RowsProps {
  place: Place;
}

/** The row in which something stands. */
function rowOf(list: HTMLElement, node: Node | null): number {
  const element = node instanceof Element ? node : node?.parentElement;
  const item = element && list.contains(element) && element.closest("ol[data-rows] > li");
  return item ? [...list.children].indexOf(item) : -1;
}

/** Which rows somebody holds: by the focus, or with words selected in them. */
function heldIn(list: HTMLElement, keys: readonly (string | null)[]): Held[] {
  const { anchorNode, focusNode, isCollapsed } = getSelection() ?? { isCollapsed: true };
  const selected = isCollapsed ? [] : [[anchorNode ?? null, focusNode ?? null] as const];
  const { activeElement } = document;
  return [[activeElement, activeElement] as const, ...selected].flatMap((ends) => {
    const [from, to] = ends.map((node) => keys[rowOf(list, node)] ?? null);
    return from && to ? [[from, to] as const] : [];
  });
}

/** What has the focus keeps it, also where its row had to be moved within the list. */
function useFocusKept(list: RefObject<HTMLElement>): void {
  const { activeElement } = globalThis.document ?? { activeElement: null };
  const focused = list.current?.contains(activeElement) ? activeElement as HTMLElement : null;
  useLayoutEffect(() => {
    if (focused?.isConnected && document.activeElement === document.body) {
      focused.focus({ preventScroll: true });
    }
  });
}

/** Keys of the list's children, in their order; a gap has none. */
function keysOf(rows: RowsProps["rows"], pieces: readonly Piece[]): (string | null)[] {
  return pieces.flatMap(({ from, to, gap }) =>
    gap === undefined ? rows.slice(from, to).map(({ key }) => key) : [null]
  );
}

/** Gaps keep the order in which they stand among the rows: a row that had to move would lose focus and selection. */
function gapKey(rows: RowsProps["rows"], { from, to }: Piece): string {
  return from === 0 ? "gap-first" : `gap-${rows[to]?.key ?? "last"}`;
}

/**
 * The rows near the view, and spaces for all others. Draws itself anew when the view comes near other rows, and nothing
 * around it. What the server has drawn stays whole until the reader's place is known.
 */
export function NearRows({ rows, draw, shown, more, place }: NearRowsProps) {
  const list = useRef<HTMLOListElement>(null);
  const [near] = useState(() => new ListWindow());
  const [, again] = useReducer((times: number) => times + 1, 0);
  const pieces = near.lay(rows, shown);
  const keys = useRef<(string | null)[]>([]);
  const measured = useRef(-1);
  keys.current = keysOf(rows, pieces);
  useFocusKept(list);
  useEffect(() => {
    place.moved = () => {
      const [all, scroller] = [list.current!, list.current!.closest("[role=region]")!];
      const { top, height } = all.getBoundingClientRect();
      if (height !== measured.current) {
        near.measured(Array.from(all.children, (row) => row.getBoundingClientRect().height));
        measured.current = height;
      }
      const view = { top: scroller.getBoundingClientRect().top - top, height: scroller.clientHeight };
      if (near.look(view, heldIn(all, keys.current))) again(0);
    };
  }, []);
  useLayoutEffect(() => {
    measured.current = -1;
    place.keep();
  });
  const partly = pieces.some(({ gap }) => gap !== undefined);
  const count = more ? -1 : rows.length;
  return (
    <ol ref={list} data-rows>
      {pieces.flatMap((piece) =>
        piece.gap === undefined
          ? rows.slice(piece.from, piece.to).map((row, at) =>
            draw(row, partly ? { "aria-setsize": count, "aria-posinset": piece.from + at + 1 } : {})
          )
          : [<li key={gapKey(rows, piece)} style={{ height: `${piece.gap}px` }} aria-hidden="true" />]
      )}
    </ol>
  );
}
