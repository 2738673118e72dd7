/** Walking through grids by the arrow keys, over the borders between them, as if they were one. */

/** Lines that Page Up and Page Down pass over. */
const PAGE = 5;

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">;
/** `before`: up and out of the first line. */
export type Step = HTMLElement | "before" | null;

function cellsOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>("[role=gridcell]")];
}

/** The cell of that column in a line so many further on; short lines have their last. */
function across(rows: Element[], from: number, by: number, column: number): Step {
  if (from === 0 && by < 0) return "before";
  const row = rows[Math.min(Math.max(from + by, 0), rows.length - 1)]!;
  const cells = cellsOf(row);
  return cells[Math.min(column, cells.length - 1)] ?? null;
}

/** Where a key leads from a cell; null when it leads nowhere or is none of ours. */
export function stepFrom(cell: HTMLElement, scope: HTMLElement, { key, ctrlKey, metaKey }: Key): Step {
  const rows = [...scope.querySelectorAll("[role=row]")];
  const row = rows.findIndex((each) => each.contains(cell));
  const cells = row < 0 ? [] : cellsOf(rows[row]!);
  const column = cells.indexOf(cell);
  if (column < 0) return null;
  const forward = getComputedStyle(scope).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const all = ctrlKey || metaKey;
  switch (key) {
    case "ArrowDown":
      return across(rows, row, 1, column);
    case "ArrowUp":
      return across(rows, row, -1, column);
    case "PageDown":
      return across(rows, row, PAGE, column);
    case "PageUp":
      return row === 0 ? cell : across(rows, row, -PAGE, column);
    case "Home":
      return all ? cellsOf(rows[0]!)[0]! : cells[0]!;
    case "End":
      return (all ? cellsOf(rows.at(-1)!) : cells).at(-1)!;
    case "ArrowLeft":
    case "ArrowRight": {
      if (key === forward) return cells[column + 1] ?? (rows[row + 1] ? cellsOf(rows[row + 1]!)[0]! : null);
      return cells[column - 1] ?? (rows[row - 1] ? cellsOf(rows[row - 1]!).at(-1)! : "before");
    }
    default:
      return null;
  }
}
