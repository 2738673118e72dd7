/** Everybody who talks, and what is done with all of them at once. */
import type { RoomId } from "../../lib/protocol/ids.ts";
import { until } from "../support/wait.ts";
import type { Ledger } from "./ledger.ts";
import type { Network } from "./network.ts";
import type { Random } from "./random.ts";
import { SimulatedClient } from "./simulated_client.ts";
import { Talker } from "./talker.ts";
import { HastenedTimers } from "./timers.ts";
import { type Inhabitant, tokenOf, type World } from "./world.ts";

export interface CrowdOptions {
  world: World;
  ledger: Ledger;
  random: Random;
  network: Network;
  lanes: number;
  pace: number;
  grace: { calm: number; atAll: number };
}

/** Messages by which the conversation may be ahead of what goes wrong. */
const AHEAD = 1_000;
/** Milliseconds between two messages of one client while it is further ahead. */
const UNHURRIED = 100;
const KICK_PATIENCE = 60_000;
/** Milliseconds after which people who wait for the end press "connect now" again. */
const IMPATIENCE = 2_000;
/** Every so many people have a second device. */
const TWO_DEVICES = 3;

export class Crowd {
  readonly clients: SimulatedClient[] = [];
  readonly talkers: Talker[] = [];
  readonly #outcasts: SimulatedClient[] = [];
  readonly #timers: HastenedTimers;
  #reached: () => number = () => Infinity;

  constructor(private readonly options: CrowdOptions) {
    const { world, pace } = options;
    this.#timers = new HastenedTimers(pace);
    const rooms = [...world.guarded, ...world.open];
    world.people.forEach((person, index) => {
      const room = rooms[index % rooms.length]!;
      const client = this.#add(person, room);
      const sibling = index % TWO_DEVICES === 0 ? this.#add(person, room) : undefined;
      this.#talk(client, sibling);
    });
    for (const person of world.outcasts) {
      const client = this.#add(person, world.guarded[0]!);
      this.#outcasts.push(client);
      this.#talk(client);
    }
  }

  get roomIds(): RoomId[] {
    const { guarded, open } = this.options.world;
    return [...guarded, ...open].map(({ id }) => id);
  }

  /** Those who were not sent out. */
  get staying(): SimulatedClient[] {
    return this.clients.filter(({ watch }) => !watch.wasKicked);
  }

  get online(): number {
    return this.clients.filter(({ socket }) => socket.state.phase === "online").length;
  }

  /** @param reached the number of messages up to which nobody need slow down */
  start(reached: () => number): void {
    this.#reached = reached;
    for (const client of this.clients) client.start();
    for (const talker of this.talkers) talker.start();
  }

  /** Everybody tries to connect, at once and without waiting. */
  comeBack(): void {
    for (const { socket } of this.clients) socket.reconnect();
  }

  /** Sends the nth outcast out of their room, however often that must be tried. */
  async kick(index: number, calmSince: (time: number) => boolean): Promise<void> {
    const { world: { owner, guarded }, grace } = this.options;
    const client = this.#outcasts[index]!;
    await until(
      `${client.options.name} sent out`,
      () => this.#askToKick(owner, guarded[0]!.id, client),
      KICK_PATIENCE,
    );
    client.watch.kicked({
      at: Date.now(),
      forbidden: (writtenAt, at) =>
        writtenAt > at + grace.atAll || (writtenAt > at + grace.calm && calmSince(at)),
    });
  }

  /** Nobody says anything new; resolves when all that was said has been acknowledged and `caughtUp` says yes. */
  async finish(caughtUp: () => Promise<boolean>, patience: number): Promise<void> {
    for (const talker of this.talkers) talker.stop();
    const impatience = setInterval(() => this.comeBack(), IMPATIENCE);
    try {
      await this.#settle(caughtUp, patience);
    } finally {
      clearInterval(impatience);
    }
  }

  async #settle(caughtUp: () => Promise<boolean>, patience: number): Promise<void> {
    const staying = new Set(this.staying);
    const talking = this.talkers.filter(({ client }) => staying.has(client));
    await until("acks for all that was said", () => talking.every(({ waiting }) => waiting === 0), patience);
    await until("everybody's view of all rooms", caughtUp, patience);
  }

  /** What people were told about messages that failed → how often. */
  failures(): Record<string, number> {
    const all: Record<string, number> = {};
    for (const { failures } of this.talkers) {
      for (const [reason, count] of failures) all[reason] = (all[reason] ?? 0) + count;
    }
    return all;
  }

  close(): void {
    for (const client of this.clients) client.stop();
  }

  #add(person: Inhabitant, room: World["open"][number]): SimulatedClient {
    const { random, network, lanes, ledger } = this.options;
    const name = `${person.viewer.name} (${this.clients.length})`;
    const own = { name, person, room, timers: this.#timers, random: random.fork(name) };
    const client = new SimulatedClient({ ...own, lanes, ledger, network });
    this.clients.push(client);
    return client;
  }

  #talk(client: SimulatedClient, sibling?: SimulatedClient): void {
    const { ledger, random } = this.options;
    const pause = () => ledger.acked > this.#reached() + AHEAD ? UNHURRIED : 0;
    const own = random.fork(`${client.options.name} talks`);
    this.talkers.push(new Talker({ client, sibling, random: own, pause }));
  }

  /** True once they are out, also when an earlier try has done it whose answer was lost. */
  async #askToKick(
    owner: Inhabitant,
    roomId: RoomId,
    { options: { person } }: SimulatedClient,
  ): Promise<boolean> {
    const { network } = this.options;
    const response = await network.fetch(`/api/rooms/slug/${roomId}/kick`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await tokenOf(owner, network.secret)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ userId: person.viewer.id }),
    });
    await response.body?.cancel();
    return response.ok || response.status === 404;
  }
}
