import { expect } from "expect";
import { ReadPointer } from "../../lib/client/read_pointer.ts";
import { HandClock } from "./support.ts";

function pointer() {
  const clock = new HandClock();
  const told: number[] = [];
  return { clock, told, read: new ReadPointer(clock, (seq) => void told.push(seq)) };
}

Deno.test("what is read is told at once, and what follows within a second together when that is over", () => {
  const { clock, told, read } = pointer();
  clock.advance(10_000);
  read.update(4, true);
  clock.advance(0);
  expect(told).toEqual([4]);
  for (const head of [5, 6, 7]) read.update(head, true);
  clock.advance(999);
  expect(told).toEqual([4]);
  clock.advance(1);
  expect(told).toEqual([4, 7]);
});

Deno.test("nothing is told of what came in when the reader was looking elsewhere", () => {
  const { clock, told, read } = pointer();
  read.update(4, true);
  read.update(4, false);
  clock.advance(5_000);
  read.update(5, false);
  clock.advance(5_000);
  expect(told).toEqual([]);
});
