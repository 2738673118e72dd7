/**
 * A room of 10,000 messages, scrolled from its end to its beginning in Chromium, as fast as a hurried hand does it: what a
 * frame takes, what is in the page, what it keeps in memory. Also by itself, after `deno task build`:
 * `deno run -A tests/bench/scroll.ts [--messages=10000] [--slow=4]`, where `slow` is by how much the processor is held back.
 */
import { parseArgs } from "node:util";
import type { Browser, CDPSession, Page } from "playwright-core";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { fillRoom } from "../support/long_talk.ts";
import { RoomPage } from "../support/room_page.ts";
import { startServer } from "../support/server.ts";
import { type Measure, own, percentile } from "./figures.ts";
import { table } from "./report.ts";

const ROOM = { lounge: "general", language: "en" };
const PATH = `/lounges/${ROOM.lounge}/${ROOM.language}`;
const VIEWPORT = { width: 1280, height: 800 };
/** Pixels a second, and pixels of one sweep of the hand. */
const SPEED = 6_000;
const SWEEP = 12_000;
/** Sweeps of one trace: one of the whole way would be too large. */
const SWEEPS = 8;
/** A frame that takes longer is seen to stick. */
const LONG_MS = 50;

interface Plan {
  messages: number;
  /** By how much the processor is held back: 4 is a middling phone beside a desktop. */
  slow?: number;
  /** Where the profile of the whole way is written, for Chromium's own tools. */
  profile?: string;
}

interface Watch {
  frames: number[];
  mostNodes: number;
}

/** Notes every frame's length, and how many elements there are. */
async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch: Watch = { frames: [], mostNodes: 0 };
    Object.assign(globalThis, { watch });
    let last = performance.now();
    const frame = (now: number) => {
      watch.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const everything = document.getElementsByTagName("*");
    setInterval(() => watch.mostNodes = Math.max(watch.mostNodes, everything.length), 200);
  });
}

/** What Chromium's traces call one task of a thread. */
const TASK = "ThreadControllerImpl::RunTask";

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Processor time in microseconds. */
  tdur?: number;
  args?: { name?: string };
}

/**
 * What each task of the page's main thread took of the processor, in milliseconds: what a frame would have taken had the
 * machine had nothing else to do.
 */
function tasksIn(trace: Uint8Array): number[] {
  const { traceEvents: events }: { traceEvents: TraceEvent[] } = JSON.parse(new TextDecoder().decode(trace));
  const threads = new Map<string, number[]>();
  for (const { name, args, pid, tid } of events) {
    if (name === "thread_name" && args?.name === "CrRendererMain") threads.set(`${pid} ${tid}`, []);
  }
  for (const { name, ph, pid, tid, tdur } of events) {
    if (name === TASK && ph === "X" && tdur) threads.get(`${pid} ${tid}`)?.push(tdur / 1000);
  }
  const busy = (tasks: number[]) => tasks.reduce((sum, task) => sum + task, 0);
  return [...threads.values()].toSorted((a, b) => busy(b) - busy(a))[0] ?? [];
}

/** Bytes of JavaScript's heap that are in use, once what nobody needs is gone. */
async function heap(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "JSHeapUsedSize")!.value;
}

/** Sweeps upwards until the beginning of the room is on screen. @returns what the page's tasks took, as in {@link tasksIn} */
async function scrollUp(browser: Browser, page: Page, devtools: CDPSession): Promise<number[]> {
  const tasks: number[][] = [];
  const { x, y } = { x: VIEWPORT.width / 2, y: VIEWPORT.height / 2 };
  const list = page.getByRole("region", { name: "Messages", exact: true });
  const atBeginning = () =>
    list.evaluate((list) =>
      / begins\.$/.test(list.querySelector("p")?.textContent ?? "") &&
      list.scrollHeight - list.clientHeight + list.scrollTop < 1
    );
  while (!await atBeginning()) {
    await browser.startTracing(page, { categories: ["toplevel"] });
    for (let sweep = 0; sweep < SWEEPS && !await atBeginning(); sweep++) {
      await devtools.send("Input.synthesizeScrollGesture", {
        ...{ x, y, speed: SPEED, yDistance: SWEEP },
        gestureSourceType: "mouse",
      });
    }
    tasks.push(tasksIn(await browser.stopTracing()));
  }
  return tasks.flat();
}

/** The product as people run it, with a browser before it. */
export async function benchScroll({ messages, slow = 1, profile }: Plan): Promise<Measure[]> {
  await using server = await startServer();
  const [room] = await server.database.sql<{ id: RoomId }[]>`
    select r.id from rooms r join lounges l on l.id = r.lounge_id
    where l.slug = ${ROOM.lounge} and r.language = ${ROOM.language}`;
  await fillRoom(server.database.sql, room!.id, messages);
  const browser = await startBrowser();
  try {
    const person = await Person.sitDown(browser, server.origin, { viewport: VIEWPORT });
    await person.enter(PATH, "Ann");
    await new RoomPage(person).live();
    return await measure(browser, person, { messages, slow, profile });
  } finally {
    await browser.close();
  }
}

async function measure(browser: Browser, { page, context }: Person, plan: Plan): Promise<Measure[]> {
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  await devtools.send("HeapProfiler.enable");
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: plan.slow ?? 1 });
  let requests = 0;
  page.on("request", () => requests++);
  await watchFrames(page);
  const heapBefore = await heap(devtools);
  if (plan.profile) {
    await devtools.send("Profiler.enable");
    await devtools.send("Profiler.start");
  }
  const began = performance.now();
  const tasks = await scrollUp(browser, page, devtools);
  const took = performance.now() - began;
  if (plan.profile) {
    const { profile } = await devtools.send("Profiler.stop");
    await Deno.writeTextFile(plan.profile, JSON.stringify(profile));
  }
  const { frames, mostNodes } = await page.evaluate(() => (globalThis as unknown as { watch: Watch }).watch);
  const nodes = await page.evaluate(() => document.getElementsByTagName("*").length);
  const heapAfter = await heap(devtools);
  return figures(plan, { took, frames, tasks, mostNodes, nodes, heapBefore, heapAfter, requests });
}

interface Measured {
  took: number;
  frames: number[];
  tasks: number[];
  mostNodes: number;
  nodes: number;
  heapBefore: number;
  heapAfter: number;
  requests: number;
}

function figures(plan: Plan, { took, frames, tasks, mostNodes, nodes, ...rest }: Measured): Measure[] {
  const slow = plan.slow && plan.slow > 1 ? `, processor held back ${plan.slow} times` : "";
  const load = `${plan.messages} messages${slow}`;
  const note = (figure: string, unit: string, value: number) => own("scroll", load, figure, unit, value);
  const over = (values: number[]) => values.filter((value) => value > LONG_MS).length;
  return [
    // By the clock: other work of the machine shows in these.
    note("frames", "", frames.length),
    note(`frames over ${LONG_MS} ms`, "", over(frames)),
    note("frame p50", "ms", percentile(frames, 0.5)),
    note("frame p99", "ms", percentile(frames, 0.99)),
    // Of the processor's time: it does not.
    note("tasks", "", tasks.length),
    note(`tasks over ${LONG_MS} ms`, "", over(tasks)),
    note("longest task", "ms", tasks.reduce((most, task) => Math.max(most, task), 0)),
    note("processor time a message", "ms", tasks.reduce((sum, task) => sum + task, 0) / plan.messages),
    note("elements at most", "", mostNodes),
    note("elements at the beginning", "", nodes),
    note("heap before", "MB", rest.heapBefore / 1e6),
    note("heap after", "MB", rest.heapAfter / 1e6),
    note("requests", "", rest.requests),
    note("time", "ms", took),
  ];
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      messages: { type: "string", default: "10000" },
      slow: { type: "string", default: "1" },
      profile: { type: "string" },
    },
  });
  const plan = { messages: Number(values.messages), slow: Number(values.slow), profile: values.profile };
  console.log(table("scroll", await benchScroll(plan)));
}
