import { expect } from "expect";
import { pino } from "pino";
import { systemClock } from "../../lib/clock.ts";
import type { Session } from "../../lib/auth/sessions.ts";
import { Connection } from "../../lib/realtime/connection.ts";
import { Silence, SILENT_SWEEPS, SILENT_SWEEPS_AWAY } from "../../lib/realtime/silence.ts";
import { until } from "../support/wait.ts";

/** A socket of nobody's, and what the server has of it. */
async function meet(): Promise<{ far: WebSocket; near: Connection } & AsyncDisposable> {
  const met = Promise.withResolvers<Connection>();
  const surroundings = {
    clock: systemClock,
    log: pino({ level: "silent" }),
    factor: 1,
    handle() {},
    closed() {},
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (req) => {
    const { socket, response } = Deno.upgradeWebSocket(req, { idleTimeout: 0 });
    met.resolve(new Connection(socket, {} as Session, surroundings));
    return response;
  });
  const far = new WebSocket(`ws://127.0.0.1:${server.addr.port}`);
  const near = await met.promise;
  await until("an open socket", () => far.readyState === WebSocket.OPEN || undefined);
  return {
    far,
    near,
    async [Symbol.asyncDispose]() {
      if (far.readyState !== WebSocket.CLOSED) {
        const closed = new Promise((done) => far.onclose = done);
        far.close();
        await closed;
      }
      await server.shutdown();
    },
  };
}

for (
  const { who, away, most } of [
    { who: "a page that is looked at", away: false, most: SILENT_SWEEPS },
    { who: "a page that is hidden, or has not said which it is", away: true, most: SILENT_SWEEPS_AWAY },
  ]
) {
  Deno.test(`a socket is closed when it falls silent for longer than the heartbeats of ${who} leave between them`, async () => {
    await using both = await meet();
    const { far, near } = both;
    if (!away) near.away = false;
    const end = new Promise<CloseEvent>((done) => far.addEventListener("close", done));
    const silence = new Silence(() => [near]);
    try {
      for (let round = 0; round < 3; round++) {
        far.send('{"type":"heartbeat"}');
        await until("a heartbeat", () => near.heard === round + 1 || undefined);
        for (let sweep = 0; sweep < most; sweep++) silence.sweep();
        expect(near.open).toBe(true);
      }
      silence.sweep();
      expect(near.open).toBe(false);
      expect(await end).toMatchObject({ code: 4009 });
    } finally {
      silence.close();
    }
  });
}
