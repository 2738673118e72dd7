/** The attack itself: hostile frames, handshakes and requests, at a rate that is said, from a seed that is said. */
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { RawSocket } from "../support/raw_socket.ts";
import { ticketFor } from "../support/socket.ts";
import type { Place } from "../support/visitor.ts";
import { type Account, accountsAt, dial } from "./accounts.ts";
import { type Breach, BREACHES, frame } from "./breaches.ts";
import { FATAL, hostileTexts } from "./frames.ts";
import { hostileHandshake } from "./handshakes.ts";
import { Random } from "./random.ts";
import { ask } from "./raw_http.ts";
import { hostileRequest } from "./requests.ts";
import { count, emptyTally, fault, Pace, type Tally } from "./tally.ts";

export interface StormPlan {
  seed: number;
  frames: number;
  requests: number;
  framesPerSecond: number;
  requestsPerSecond: number;
  accounts: number;
  roomIds: RoomId[];
}

/** Sockets, and requests, on their way at once. */
const WORKERS = 16;
/** Milliseconds in which a socket must end that broke the protocol. */
const END_WITHIN = 10_000;
/** Texts in stock; they are sent again and again, in another order. */
const TEXTS = 5_000;

/** Runs until so many frames and requests are sent. */
export async function storm(place: Place, plan: StormPlan): Promise<Tally> {
  const tally = emptyTally();
  const accounts = await accountsAt(place, plan.accounts);
  const rooms = plan.roomIds.map((roomId) => hostileTexts(plan.seed, TEXTS, roomId));
  const frames = new Pace(plan.framesPerSecond);
  const requests = new Pace(plan.requestsPerSecond);
  const workers = Array.from({ length: WORKERS }, (_, index) => {
    const random = new Random(plan.seed + index);
    return [
      attackBySocket({
        place,
        random,
        accounts,
        texts: random.pick(rooms),
        tally,
        pace: frames,
        until: plan.frames,
      }),
      attackByRequest({
        place,
        random: new Random(plan.seed - index),
        accounts,
        tally,
        pace: requests,
        until: plan.requests,
      }),
    ];
  });
  await Promise.all(workers.flat());
  return tally;
}

interface Attack {
  place: Place;
  random: Random;
  accounts: Account[];
  tally: Tally;
  pace: Pace;
  until: number;
}

async function attackBySocket({ until, ...attack }: Attack & { texts: string[] }): Promise<void> {
  const { place, random, accounts, tally, texts, pace } = attack;
  while (tally.frames < until) {
    const account = random.pick(accounts);
    try {
      if (random.percent(15)) await tryHandshake(place, random, account, tally);
      const socket = await dial(place, account);
      if (socket.handshake.status !== 101) {
        count(tally.statuses, socket.handshake.status);
        socket.close();
        continue;
      }
      tally.sockets++;
      if (random.percent(40)) await breach(socket, random, tally, pace);
      else await volley(socket, random, texts, tally, pace);
    } catch (error) {
      // Refused for its rate, or hung up on: what the server may do.
      count(tally.statuses, String(error).includes("429") ? 429 : "refused");
    }
  }
}

/** Sends texts that leave the socket open, and at last, often, one that closes it. */
async function volley(
  socket: RawSocket,
  random: Random,
  texts: string[],
  tally: Tally,
  pace: Pace,
): Promise<void> {
  const end = socket.readToEnd();
  const many = 20 + random.below(200);
  for (let sent = 0; sent < many; sent++) {
    await pace.take();
    if (!await write(socket, [frame(random.pick(texts))])) break;
    tally.frames++;
  }
  if (random.percent(50)) {
    tally.frames++;
    await write(socket, [frame(random.pick(FATAL))]);
    await demandEnd(socket, end, tally, "a fatal text");
  }
  leave(socket, random);
}

async function breach(socket: RawSocket, random: Random, tally: Tally, pace: Pace): Promise<void> {
  const { name, fate, bytes }: Breach = random.pick(BREACHES);
  const end = socket.readToEnd();
  await pace.take();
  tally.frames++;
  await write(socket, bytes(random));
  if (fate === "ends") await demandEnd(socket, end, tally, name);
  leave(socket, random);
}

async function demandEnd(
  socket: RawSocket,
  end: Promise<{ code: number }>,
  tally: Tally,
  what: string,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((done) => timer = setTimeout(() => done(null), END_WITHIN));
  const ended = await Promise.race([end, late]);
  clearTimeout(timer);
  if (ended) count(tally.closes, ended.code);
  else fault(tally, `a socket stayed open after ${what}`);
  void socket;
}

async function tryHandshake(place: Place, random: Random, account: Account, tally: Tally): Promise<void> {
  const fresh = await ticketFor(place, account);
  const used = await ticketFor(place, account);
  const once = await dial(place, account, { "sec-websocket-protocol": `parley.v1, ticket.${used}` });
  once.close();
  const { name, headers } = hostileHandshake(random, place.origin, { fresh, used });
  tally.handshakes++;
  const socket = await dial(place, account, headers);
  count(tally.statuses, socket.handshake.status);
  if (socket.handshake.status === 101) fault(tally, `a socket was opened with ${name}`);
  if (socket.handshake.status >= 500) fault(tally, `${socket.handshake.status} to a handshake with ${name}`);
  socket.close();
}

async function attackByRequest({ place, random, accounts, tally, pace, until }: Attack): Promise<void> {
  const { host, origin } = new URL(place.origin);
  while (tally.requests < until) {
    await pace.take();
    tally.requests++;
    const { name, bytes } = hostileRequest(random, { host, origin, ...random.pick(accounts) });
    const status = await ask(place, bytes);
    count(tally.statuses, status);
    // 501 and 505 are for what is no HTTP of ours; anything else says that something broke.
    if (typeof status === "number" && status >= 500 && status !== 501 && status !== 505) {
      fault(
        tally,
        `${status} to ${name}: ${new TextDecoder().decode(bytes[0]!.subarray(0, 300))} ${
          new TextDecoder().decode(bytes[1]?.subarray(0, 200))
        }`,
      );
    }
  }
}

/** As clients go: with a close, without a word, or with half of the connection. */
function leave(socket: RawSocket, random: Random): void {
  try {
    if (random.percent(20)) void socket.connection.closeWrite().catch(() => {}).finally(() => socket.close());
    else socket.close();
  } catch {
    // The server was faster.
  }
}

/** @returns whether all of it went out */
async function write({ connection }: RawSocket, pieces: Uint8Array[]): Promise<boolean> {
  try {
    for (const piece of pieces) {
      for (let sent = 0; sent < piece.length;) sent += await connection.write(piece.subarray(sent));
    }
    return true;
  } catch {
    return false;
  }
}
