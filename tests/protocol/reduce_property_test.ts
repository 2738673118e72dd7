import { expect } from "expect";
import fc from "fast-check";
import { applyEvent } from "../../lib/protocol/reduce.ts";
import { appendHistory, leavePast, prependHistory } from "../../lib/protocol/history.ts";
import { fromSnapshot, hasGap, type RoomState } from "../../lib/protocol/room_state.ts";
import { deeds, logOf, messagesAt, pageAfter, pageBefore, snapshotAt } from "./room_model.ts";

const SEED = Number(Deno.env.get("FC_SEED") ?? Date.now() % 2 ** 31);
/** Of each property. */
const CASES = 10_000;

function holds<Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>) {
  console.log(`fast-check seed ${SEED} (again with FC_SEED=${SEED})`);
  fc.assert(property, { seed: SEED, numRuns: CASES });
}

const size = fc.integer({ min: 1, max: 12 });
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const follow = (state: RoomState, events: Parameters<typeof applyEvent>[1][]) =>
  events.reduce((s, event) => applyEvent(s, event), state);

Deno.test("an older snapshot and the events since then give the newer snapshot", () => {
  holds(fc.property(deeds(40), size, fraction, fraction, (acts, window, a, b) => {
    const log = logOf(acts);
    const [from, to] = [a, b].map((part) => Math.round(part * log.length)).sort((x, y) => x - y) as [
      number,
      number,
    ];
    const newer = fromSnapshot(snapshotAt(log, to, window));
    const reached = follow(fromSnapshot(snapshotAt(log, from, window)), log.slice(from, to));
    expect(reached.messages.slice(-window)).toEqual(newer.messages);
    expect(reached.headSeq).toBe(newer.headSeq);
    expect(reached.readSeq).toBe(newer.readSeq);
    expect(hasGap(reached)).toBe(false);
  }));
});

Deno.test("events that come twice, late or all over again change nothing", () => {
  holds(fc.property(deeds(30), size, fraction, fc.infiniteStream(fc.nat()), (acts, window, part, picks) => {
    const log = logOf(acts);
    const from = Math.round(part * log.length);
    const once = follow(fromSnapshot(snapshotAt(log, from, window)), log.slice(from));
    let state = fromSnapshot(snapshotAt(log, from, window));
    for (const event of log.slice(from)) {
      state = applyEvent(state, event);
      const again = log[picks.next().value! % event.seq]!;
      expect(applyEvent(state, again)).toBe(state);
    }
    expect(state).toEqual(once);
    expect(follow(state, log)).toBe(state);
  }));
});

Deno.test("events that come with holes are made good by a resume after headSeq", () => {
  holds(fc.property(deeds(30), size, fc.infiniteStream(fc.boolean()), (acts, window, lost) => {
    const log = logOf(acts);
    const all = follow(fromSnapshot(snapshotAt(log, 0, window)), log);
    const heard = log.filter(() => !lost.next().value);
    let state = follow(fromSnapshot(snapshotAt(log, 0, window)), heard);
    expect(hasGap(state)).toBe(heard.some((event) => event.seq > state.headSeq));
    state = follow(state, log.slice(state.headSeq));
    expect(state).toEqual(all);
  }));
});

Deno.test("history fetched upwards meets edits that overtook it, in whatever order they come", () => {
  holds(fc.property(deeds(40), size, fraction, fraction, (acts, page, a, b) => {
    const log = logOf(acts);
    const [from, read] = [a, b].map((part) => Math.round(part * log.length)).sort((x, y) => x - y) as [
      number,
      number,
    ];
    let state = fromSnapshot(snapshotAt(log, from, page));
    const cursor = state.messages[0]?.seq ?? log.length + 1;
    // The server read the page at `read`; by the time it came, every event had been applied.
    const older = pageBefore(log, read, cursor, page);
    state = prependHistory(follow(state, log.slice(from)), older);
    const fresh = snapshotAt(log, log.length, log.length).messages.slice(-state.messages.length);
    expect(state.messages).toEqual(fresh);
    expect(prependHistory(state, older)).toBe(state);
  }));
});

Deno.test("a past follows what happens, grows both ways, and becomes one with the newest messages", () => {
  const steps = fc.array(fc.record({ way: fc.constantFrom("older", "newer"), events: fc.nat(6) }), {
    maxLength: 30,
  });
  const small = fc.integer({ min: 1, max: 4 });
  holds(fc.property(deeds(60), small, fraction, fraction, steps, (acts, page, a, b, ways) => {
    const log = logOf(acts);
    let head = Math.round((0.5 + a / 2) * log.length);
    const newest = snapshotAt(log, head, page);
    // Some rooms are too young to have a past.
    if (!newest.hasOlder) return;
    const first = newest.messages[0]!.seq;
    const around = pageBefore(log, head, 2 + Math.round(b * (first - 2)), page);
    let state = fromSnapshot(newest, {
      messages: around.messages,
      hasOlder: around.nextCursor !== null,
    });
    for (const { way, events } of ways) {
      const asked = state.past ?? state;
      const read = Math.min(log.length, head + events);
      const older = pageBefore(log, read, asked.messages[0]!.seq, page);
      const newer = pageAfter(log, read, asked.messages.at(-1)!.seq, page);
      // The page may come before what happened until it was read, or after that.
      if (events % 2 === 0) state = follow(state, log.slice(head, read));
      state = way === "older" ? prependHistory(state, older) : appendHistory(state, newer);
      if (events % 2 === 1) state = follow(state, log.slice(head, read));
      head = read;
      const all = messagesAt(log, head);
      for (const { messages } of [state, ...(state.past ? [state.past] : [])]) {
        const from = all.findIndex(({ seq }) => seq === messages[0]!.seq);
        expect(messages).toEqual(all.slice(from, from + messages.length));
      }
      expect(state.messages.at(-1)).toEqual(all.at(-1));
    }
    expect(leavePast(state)).toMatchObject({ past: null, messages: state.messages });
  }));
});
