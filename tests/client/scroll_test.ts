import { expect } from "expect";
import fc from "fast-check";
import { firstBelow, isAtEnd, isNearTop, type Span } from "../../lib/client/scroll.ts";

Deno.test("the first row on screen is the one a walk from the top would find", () => {
  const heights = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 60 });
  fc.assert(fc.property(heights, fc.integer({ min: -500, max: 9_000 }), (list, edge) => {
    let top = -300;
    const rows: Span[] = list.map((height) => ({ top, bottom: top += height }));
    const walked = rows.findIndex((row) => row.bottom > edge);
    const found = firstBelow(rows.length, (index) => rows[index]!, edge);
    expect(found).toBe(walked < 0 ? rows.length : walked);
  }));
});

Deno.test("a reader within a line of the end is at the end; the list grows upwards into negative numbers", () => {
  expect([0, -39, -41, -900].map(isAtEnd)).toEqual([true, true, false, false]);
});

Deno.test("the beginning is near when less than two screens are left above", () => {
  const scroller = { scrollHeight: 5_000, clientHeight: 600 };
  expect(isNearTop({ ...scroller, scrollTop: 0 })).toBe(false);
  expect(isNearTop({ ...scroller, scrollTop: -3_100 })).toBe(false);
  expect(isNearTop({ ...scroller, scrollTop: -3_300 })).toBe(true);
});
