/** Members with browsers that are told, in rooms where things are said. */
import { DELAY } from "../../lib/notifications/notifier.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { ask, join, slugRoom } from "../rooms/slug.ts";
import { type Member, member, type MemberOptions } from "../support/member.ts";
import { movableClock, type Node, type Parley, type ParleyOptions, startParley } from "../support/node.ts";
import { type Browser, type PushService, startPushService } from "../support/push_service.ts";
import { connect, type TestSocket } from "../support/socket.ts";
import { dataOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";

export interface Person extends Member {
  browser: Browser;
}

export interface House extends AsyncDisposable {
  parley: Parley;
  service: PushService;
  clock: ReturnType<typeof movableClock>;
  /** Somebody with a browser that is told. */
  person(name: string, options?: MemberOptions): Promise<Person>;
  /** Says something, over a socket that is in no room. */
  say(who: Pick<Member, "accessToken">, roomId: RoomId, ...bodies: string[]): Promise<number>;
  /** Waits until everybody has been told of the room up to `seq` who has to be, and their pushes are done. */
  told(roomId: RoomId, seq: number): Promise<void>;
}

let named = 0;

/** A name that mentions find. */
export function username(name: string): string {
  return `${name.toLowerCase()}_${++named}`;
}

export async function openHouse(options: ParleyOptions = {}): Promise<House> {
  const clock = movableClock();
  const parley = await startParley({ clock, ...options });
  const service = startPushService();
  const sockets = new Map<string, TestSocket>();
  const { sql } = parley.database;

  async function socketOf(who: Pick<Member, "accessToken">): Promise<TestSocket> {
    const known = sockets.get(who.accessToken) ?? await connect(parley.node, who);
    sockets.set(who.accessToken, known);
    return known;
  }

  return {
    parley,
    service,
    clock,
    async person(name, more = {}) {
      const who = await member(parley.node, { name, username: username(name), ...more });
      return Object.assign(who, { browser: await subscribe(parley.node, service, who) });
    },
    async say(who, roomId, ...bodies) {
      const socket = await socketOf(who);
      let seq = 0;
      for (const body of bodies) ({ seq } = await socket.say(roomId, body));
      return seq;
    },
    async told(roomId, seq) {
      await until("a look is arranged", async () => {
        const [row] =
          await sql`select 1 from notices where room_id = ${roomId} and (due_at is not null or told_seq >= ${seq})`;
        return row !== undefined;
      });
      clock.advance(DELAY + 1_000);
      await until("the look is taken", async () => {
        const [row] = await sql`select 1 from notices where room_id = ${roomId} and told_seq >= ${seq}`;
        return row !== undefined;
      });
      await until("all pushes are done", async () => {
        const rows = await sql`
          select 1 from jobs where kind = 'send-push' and state in ('waiting', 'running') and attempts < 2 and last_error is null`;
        return rows.length === 0;
      });
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.values()) await socket.close().catch(() => {});
      await parley.close();
      await service[Symbol.asyncDispose]();
    },
  };
}

/** One more browser of somebody. */
export async function subscribe(
  node: Node,
  service: PushService,
  who: Pick<Member, "accessToken">,
): Promise<Browser> {
  const browser = await service.browser();
  await dataOf(await ask(node, who, "POST", "/api/notifications/subscriptions", browser.subscription));
  return browser;
}

/** One house for all tests of a file. @returns where it is, once the first test runs. */
export function houseForFile(options: ParleyOptions = {}): () => House {
  let house: House | undefined;
  Deno.test.beforeAll(async () => {
    house = await openHouse(options);
  });
  Deno.test.afterAll(async () => {
    await house?.[Symbol.asyncDispose]();
  });
  return () => house!;
}

/** A slug room with all of them in it; the first owns it. */
export async function roomWith(node: Node, ...people: Pick<Member, "accessToken">[]) {
  const room = await slugRoom(node, people[0]!, { name: "Book club" });
  await join(node, room, ...people.slice(1));
  return room;
}

export async function setLevel(
  node: Node,
  who: Pick<Member, "accessToken">,
  roomId: RoomId,
  level: string | null,
): Promise<void> {
  await dataOf(await ask(node, who, "PUT", `/api/notifications/rooms/${roomId}`, { level }));
}

export async function setSettings(
  node: Node,
  who: Pick<Member, "accessToken">,
  change: Record<string, unknown>,
): Promise<void> {
  await dataOf(await ask(node, who, "PUT", "/api/notifications/settings", change));
}

export async function directRoom(
  node: Node,
  who: Pick<Member, "accessToken">,
  ...others: Member[]
): Promise<RoomId> {
  const userIds = others.map(({ user }) => user.id);
  const { room } = await dataOf<{ room: { id: RoomId } }>(
    await ask(node, who, "POST", "/api/rooms/direct", { userIds }),
  );
  return room.id;
}
