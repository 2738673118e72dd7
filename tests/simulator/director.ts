/** Makes the planned faults happen, each lane for itself, as soon as enough messages are acknowledged. */
import { type Controls, setControls, UNHURT } from "./controls.ts";
import { type Lane, LANES, type PlannedFault, sayFault } from "./plan.ts";
import type { Stage } from "./stage.ts";

/** Milliseconds between two looks at how far the conversation has come. */
const LOOK_EVERY = 20;

export interface Cues {
  stage: Stage;
  /** Everybody tries to connect again, without waiting. */
  comeBack(): void;
  /** Sends the nth outcast out of their room; resolves when that is acknowledged. */
  kick(outcast: number): Promise<void>;
  acked(): number;
  say(line: string): void;
}

export class Director {
  /** Faults that happened, by lane and kind. */
  readonly done = new Map<string, number>();
  readonly #left = new Map<Lane, PlannedFault[]>();
  #controls: Controls = UNHURT;
  #active = 0;
  /** Milliseconds since the epoch at which the last fault ended that could delay news. */
  #calmSince = 0;

  constructor(plan: PlannedFault[], private readonly cues: Cues) {
    for (const lane of LANES) this.#left.set(lane, plan.filter((fault) => fault.lane === lane));
  }

  /** Resolves when all that was planned has happened and is over. */
  async run(): Promise<void> {
    await Promise.all(LANES.map((lane) => this.#runLane(this.#left.get(lane)!)));
  }

  /** How many messages the slowest lane has come to: nobody needs to talk much faster than things go wrong. */
  get reached(): number {
    return Math.min(...[...this.#left.values()].map(([next]) => next?.at ?? Infinity));
  }

  /** Nothing has been wrong with server, stores or clocks since then. */
  calmSince(time: number): boolean {
    return this.#active === 0 && this.#calmSince <= time;
  }

  count(lane: Lane, ...kinds: string[]): number {
    return kinds.reduce((sum, kind) => sum + (this.done.get(`${lane} ${kind}`) ?? 0), 0);
  }

  async #runLane(faults: PlannedFault[]): Promise<void> {
    while (faults.length > 0) {
      const fault = faults[0]!;
      while (this.cues.acked() < fault.at) await rest(LOOK_EVERY);
      this.cues.say(sayFault(fault));
      const disturbs = fault.lane !== "people" && fault.kind !== "twice";
      if (disturbs) this.#active++;
      await this.#happen(fault);
      if (disturbs) [this.#active, this.#calmSince] = [this.#active - 1, Date.now()];
      const name = `${fault.lane} ${fault.kind}`;
      this.done.set(name, (this.done.get(name) ?? 0) + 1);
      faults.shift();
    }
  }

  #happen(fault: PlannedFault): Promise<void> {
    switch (fault.lane) {
      case "server":
        return this.#endServer(fault);
      case "postgres":
        return this.#troublePostgres(fault);
      case "kv":
        return this.#during(
          fault.lasting,
          () => this.#set({ kv: fault.kind }),
          () => this.#set({ kv: "well" }),
        );
      case "network":
        return this.#troubleNetwork(fault);
      case "clocks":
        return this.#set({ clocks: fault.clocks });
      case "people":
        return this.cues.kick(fault.outcast);
    }
  }

  async #endServer({ kind, down }: PlannedFault & { lane: "server" }): Promise<void> {
    const { stage: { server }, comeBack } = this.cues;
    if (kind === "kill") await server.kill9();
    else await server.terminate();
    await rest(down);
    await server.start();
    comeBack();
  }

  async #troublePostgres(fault: PlannedFault & { lane: "postgres" }): Promise<void> {
    const { postgres, wire: { weather } } = this.cues.stage;
    switch (fault.kind) {
      case "slow":
        return await this.#during(fault.lasting, () => weather.delay = fault.delay, () => weather.delay = 0);
      case "frozen":
        return await postgres.freeze(fault.lasting);
      default:
        await postgres.stop(fault.kind);
        await rest(fault.down);
        await postgres.start();
    }
  }

  async #troubleNetwork(fault: PlannedFault & { lane: "network" }): Promise<void> {
    const { stage: { network }, comeBack } = this.cues;
    const { weather } = network;
    switch (fault.kind) {
      case "storm":
        network.cut(1);
        return comeBack();
      case "cut":
        return void network.cut(fault.share);
      case "half-open": {
        const end = network.stall(fault.share);
        return await this.#during(fault.lasting, () => {}, end);
      }
      case "slow":
        return await this.#during(fault.lasting, () => weather.delay = fault.delay, () => weather.delay = 0);
      case "twice":
        return await this.#during(fault.lasting, () => weather.twice = fault.share, () => weather.twice = 0);
    }
  }

  async #set(change: Partial<Controls>): Promise<void> {
    this.#controls = { ...this.#controls, ...change };
    await setControls(this.cues.stage.folder, this.#controls);
  }

  async #during(lasting: number, begin: () => unknown, end: () => unknown): Promise<void> {
    await begin();
    await rest(lasting);
    await end();
  }
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
