/**
 * Memory of connections that say nothing but their heartbeat: each a guest of their own, welcomed, in a room, among the
 * room's people. Beside them sockets of a bare Deno server, which is what the runtime takes for itself.
 * `deno run -A tests/bench/idle.ts [--quick] [--keep]`.
 */
import { HEARTBEAT_SECONDS } from "../../lib/protocol/limits.ts";
import { alone, type Effort } from "./alone.ts";
import { bareBroadcast } from "./bare.ts";
import { frameOf, join } from "./crowd.ts";
import type { Measure } from "./figures.ts";
import { each, enter, makeGuests, makeRooms } from "./people.ts";
import { residentMemory, startServer } from "./server.ts";
import type { Wire } from "./wire.ts";

const PEOPLE_A_ROOM = 50;
const DIALS_AT_ONCE = 50;
/** Come and gone before the first measurement: what the program needs once is there by then. */
const WARM_UP = 200;

interface Crowd {
  pid: number;
  /** Brings in one more. */
  come(index: number): Promise<Wire>;
}

export async function benchIdle({ quick }: Effort): Promise<Measure[]> {
  const steps = quick ? [250, 500] : [1_000, 2_500, 5_000, 10_000];
  // Long enough for every heartbeat, and for what connecting left behind to be collected.
  const settle = quick ? 5_000 : (HEARTBEAT_SECONDS + 5) * 1000;
  return [...await ofParley(steps, settle), ...await ofBare(steps, settle)];
}

async function ofParley(steps: number[], settle: number): Promise<Measure[]> {
  const stand = await startServer();
  const most = Math.max(...steps);
  try {
    const rooms = await makeRooms(stand.sql, Math.ceil(most / PEOPLE_A_ROOM));
    const guests = await makeGuests(stand.sql, stand.accessTokenSecret, most);
    const come = async (index: number) => {
      const wire = await enter(stand.port, guests[index]!);
      await join(wire, rooms[index % rooms.length]!);
      return wire;
    };
    return await grow("parley", { pid: stand.pid, come }, steps, settle);
  } finally {
    await stand.stop();
  }
}

async function ofBare(steps: number[], settle: number): Promise<Measure[]> {
  const bare = await bareBroadcast(null);
  const come = async (index: number) => {
    const wire = await bare.dial(index);
    const joined = Promise.withResolvers<void>();
    wire.received = () => joined.resolve();
    wire.send([frameOf({ type: "join_room", roomId: "1" as never })]);
    await joined.promise;
    wire.received = null;
    return wire;
  };
  try {
    return await grow("bare", { pid: bare.pid, come }, steps, settle);
  } finally {
    await bare.stop();
  }
}

async function grow(
  who: Measure["who"],
  crowd: Crowd,
  steps: number[],
  settle: number,
): Promise<Measure[]> {
  const warm: Wire[] = [];
  await each(Array.from({ length: WARM_UP }), DIALS_AT_ONCE, async (_, index) => {
    warm.push(await crowd.come(index));
  });
  for (const wire of warm) wire.close();
  await rest(settle);
  const empty = residentMemory(crowd.pid);
  const wires: Wire[] = [];
  const measures: Measure[] = [];
  for (const step of steps) {
    const more = Array.from({ length: step - wires.length }, (_, index) => wires.length + index);
    await each(more, DIALS_AT_ONCE, async (index) => {
      wires.push(await crowd.come(index));
    });
    await rest(settle);
    const grown = (residentMemory(crowd.pid) - empty) / step;
    const load = `${step.toLocaleString("en")} connections`;
    measures.push({ section: "idle", load, who, figure: "memory a connection", unit: "KB", rounds: [grown] });
  }
  for (const wire of wires) wire.close();
  return measures;
}

function rest(duration: number): Promise<void> {
  return new Promise((done) => setTimeout(done, duration));
}

if (import.meta.main) await alone(benchIdle);
