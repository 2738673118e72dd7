/** Whom a bench puts the same load to, each in its own words. */
import { close, connect, type Sql } from "../../db/client.ts";
import { ensurePostgres } from "../../db/embedded.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { serveArgs } from "../../lib/serve.ts";
import { before } from "../support/wait.ts";
import { bareBroadcast, type BareInsert, bareInsert } from "./bare.ts";
import { parley } from "./crowd.ts";
import { type Dialect, parleys, plain, REFUSAL, socketIo } from "./dialects.ts";
import type { Who } from "./figures.ts";
import { installPeers, type Peer, startNodeWs, startRedis, startSocketIo } from "./peers.ts";
import {
  type Cores,
  coresOf,
  freePort,
  healthy,
  parentOf,
  run,
  serverEnv,
  serverFlags,
  takeCores,
} from "./processes.ts";
import { Wire } from "./wire.ts";

export interface Contestant {
  who: Who;
  /** Of the process whose time is told. */
  pid: number;
  dialect: Dialect;
  /** Where its messages are kept; nowhere for the bare broadcast. */
  table: string | null;
  /** Sends that one of 50 sockets has on their way: as many as make it fastest, since more would only wait. */
  pipeline: number;
  /** A socket of one of its people. */
  dial(person: number): Promise<Wire>;
}

/** Everybody, ready, and what they stand on. */
export interface Field {
  cores: Cores | null;
  /** Parley, then its peers. */
  chats: Contestant[];
  broadcast: Contestant;
  insert: BareInsert;
  sql: Sql;
  /** First processes of what all of them use, on whichever cores. */
  postgres: number;
  redis: number;
  /** Language rooms in which nothing was ever said. */
  rooms: RoomId[];
}

const HOST = "127.0.0.1";
/** Lounges of the bench's own, with as many rooms as there are languages. */
const LOUNGES = 10;

/** Starts all contestants, each server on the same core. @param people guests that hold Parley's sockets */
export async function startField(
  dataDir: string,
  people: number,
  using_: AsyncDisposableStack,
): Promise<Field> {
  await installPeers();
  // Postgres and Redis first: what is started later inherits the core that this process keeps to.
  const database = await ensurePostgres(dataDir);
  using_.defer(() => database.stop());
  const redis = stopping(using_, await startRedis());
  const cores = await takeCores();
  const sql = connect(database.url, { max: 1, name: "parley bench" });
  using_.defer(() => close(sql));
  const product = await startParley(dataDir, database.url, people, cores, using_);
  const rooms = await addRooms(sql);
  const nodeWs = stopping(using_, await startNodeWs(database.url, cores));
  const withSocketIo = stopping(using_, await startSocketIo(database.url, redis, cores));
  const bare = stopping(using_, await bareBroadcast(cores));
  const insert = stopping(using_, bareInsert(database.url, cores));
  const [{ pid }] = await sql<[{ pid: number }]>`select pg_backend_pid() as pid`;
  const field: Field = {
    cores,
    chats: [product, nodeWsOf(nodeWs), socketIoOf(withSocketIo)],
    broadcast: { who: "bare", pid: bare.pid, dialect: plain, table: null, pipeline: 0, dial: bare.dial },
    insert,
    sql,
    postgres: parentOf(pid),
    redis: redis.pid,
    rooms,
  };
  checkCores(field);
  return field;
}

function stopping<Part extends { stop(): Promise<void> }>(stack: AsyncDisposableStack, part: Part): Part {
  stack.defer(() => part.stop());
  return part;
}

async function startParley(
  dataDir: string,
  databaseUrl: string,
  people: number,
  cores: Cores | null,
  using_: AsyncDisposableStack,
): Promise<Contestant> {
  const port = freePort();
  const env = { ...serverEnv(dataDir, port), DATABASE_URL: databaseUrl };
  const args = serveArgs({ host: HOST, port, flags: serverFlags() });
  const server = stopping(using_, run({ args, env, cores: cores?.server }));
  await healthy(port);
  const { dial } = await parley(port, server.pid, people);
  return { who: "parley", pid: server.pid, dialect: parleys, table: "messages", pipeline: 40, dial };
}

function nodeWsOf({ port, pid }: Peer): Contestant {
  const dial = (person: number) => Wire.open({ host: HOST, port, path: `/?user=${person + 1}` });
  return { who: "node-ws", pid, dialect: plain, table: "bench_node_ws", pipeline: 4, dial };
}

function socketIoOf({ port, pid }: Peer): Contestant {
  const dial = async (person: number) => {
    const path = `/socket.io/?EIO=4&transport=websocket&user=${person + 1}`;
    const wire = await Wire.open({ host: HOST, port, path });
    await answered(wire, "40", "40{");
    return wire;
  };
  return { who: "socket.io", pid, dialect: socketIo, table: "bench_socket_io", pipeline: 4, dial };
}

/** Lets a socket send to a room and, when it is to `listen`, be sent what is said there. */
export async function enter(
  { dialect }: Contestant,
  wire: Wire,
  roomId: RoomId,
  { listen }: { listen: boolean },
): Promise<void> {
  await answered(wire, dialect.join(roomId, listen), dialect.joined);
}

/** Sends a text and waits for a frame that holds `answer`. Afterwards frames are only counted. */
async function answered(wire: Wire, text: string, answer: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  wire.received = (payload) => {
    if (payload.includes(answer)) resolve();
    else if (payload.includes(REFUSAL)) reject(new Error(`refused: ${payload}`));
  };
  wire.send([text]);
  try {
    await before(promise, `an answer to ${text}`);
  } finally {
    wire.received = null;
  }
}

async function addRooms(sql: Sql): Promise<RoomId[]> {
  await sql`
    insert into lounges (slug, name, age_rating, position)
    select 'bench-' || n, 'Bench ' || n, '_18PLUS', 100 + n from generate_series(1, ${LOUNGES}::int) n`;
  const rooms = await sql<{ id: RoomId }[]>`
    insert into rooms (kind, lounge_id, language, name)
    select 'language', l.id, r.language, l.name from lounges l
      cross join (select distinct language from rooms where kind = 'language') r
    where l.slug like 'bench-%' returning id`;
  return rooms.map(({ id }) => id);
}

/** @throws Error when a process is not on the cores that it is to be on */
function checkCores({ cores, chats, broadcast, postgres, redis }: Field): void {
  if (!cores) return;
  for (const { who, pid } of [...chats, broadcast]) {
    if (coresOf(pid) !== cores.server) throw new Error(`${who} runs on cores ${coresOf(pid)}`);
  }
  if (coresOf(postgres) !== coresOf(1)) throw new Error(`Postgres runs on cores ${coresOf(postgres)}`);
  if (coresOf(redis) !== coresOf(postgres)) throw new Error(`Redis runs on cores ${coresOf(redis)}`);
}
