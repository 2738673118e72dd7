import { expect } from "expect";
import { CLOSE } from "../../lib/protocol/errors.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { Refusal } from "../../lib/client/refusal.ts";
import { ParleySocket, type SocketState } from "../../lib/client/socket.ts";
import { ScriptedServer } from "./scripted_server.ts";
import { HandClock, HandPage, until } from "./support.ts";

type Phase = SocketState["phase"];

function setup(fetchTicket?: () => Promise<{ token: string }>) {
  const server = new ScriptedServer();
  const clock = new HandClock();
  const page = new HandPage();
  let tickets = 0;
  const socket = new ParleySocket({
    url: server.url,
    fetchTicket: fetchTicket ?? (() => Promise.resolve({ token: `t${++tickets}` })),
    timers: clock,
    page,
    random: () => 0.5,
  });
  const reaches = (phase: Phase) => until(socket, () => socket.state, (state) => state.phase === phase);
  const online = async () => {
    const served = await server.accept();
    served.welcome();
    await reaches("online");
    return served;
  };
  return { server, clock, page, socket, reaches, online };
}

/** Runs a test against a server and a socket, and leaves neither behind. */
function socketTest(
  name: string,
  run: (parts: ReturnType<typeof setup>) => Promise<void>,
  fetchTicket?: () => Promise<{ token: string }>,
) {
  Deno.test(name, async () => {
    const parts = setup(fetchTicket);
    try {
      parts.socket.start();
      await run(parts);
    } finally {
      parts.socket.stop();
      await parts.server.stop();
    }
  });
}

const joinRoom = { type: "join_room", roomId: "7" as RoomId } as const;

socketTest(
  "the ticket travels as a sub-protocol and a new one is fetched for every connection",
  async (t) => {
    const first = await t.online();
    expect(first.protocols).toEqual(["parley.v1", "ticket.t1"]);
    first.close(1001);
    await t.reaches("offline");
    t.clock.advance(30_000);
    expect((await t.online()).protocols).toEqual(["parley.v1", "ticket.t2"]);
  },
);

socketTest("a request resolves on its ack and rejects with the server's words", async (t) => {
  const served = await t.online();
  const asked = t.socket.request(joinRoom);
  served.send({ type: "ack", id: (await served.next("join_room")).id, seq: 4 });
  expect(await asked).toMatchObject({ type: "ack", seq: 4 });
  const refused = t.socket.request(joinRoom).catch((error) => error);
  const { id } = await served.next("join_room");
  served.send({ type: "error", id, code: "RATE_LIMIT_EXCEEDED", message: "Slower.", retryAfter: 3 });
  expect(await refused).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", message: "Slower.", retryAfter: 3 });
});

socketTest("a request without an answer times out, and one without a connection fails at once", async (t) => {
  expect(await t.socket.request(joinRoom).catch((error) => error.code)).toBe("DISCONNECTED");
  const served = await t.online();
  const asked = t.socket.request(joinRoom).catch((error) => error.code);
  await served.next("join_room");
  t.clock.advance(10_000);
  expect(await asked).toBe("TIMEOUT");
  const lost = t.socket.request(joinRoom).catch((error) => error);
  served.close(CLOSE.slowReader);
  expect(await lost).toMatchObject({ code: "DISCONNECTED", closeCode: CLOSE.slowReader });
});

socketTest("waits grow while connections fail, and are short again after a stable one", async (t) => {
  const waits: number[] = [];
  for (let tries = 0; tries < 4; tries++) {
    const served = await t.online();
    served.close(1001);
    const state = await t.reaches("offline");
    if (state.phase === "offline") waits.push(state.retryAt - t.clock.now());
    t.clock.advance(30_000);
  }
  expect(waits).toEqual([250, 500, 1000, 2000]);
  const stable = await t.online();
  t.clock.advance(10_000);
  stable.close(1001);
  const state = await t.reaches("offline");
  expect(state.phase === "offline" && state.retryAt - t.clock.now()).toBe(250);
});

socketTest("a server that restarts is back soon, however often we had tried", async (t) => {
  for (let tries = 0; tries < 5; tries++) {
    (await t.online()).close(tries < 4 ? 1001 : CLOSE.restart);
    const state = await t.reaches("offline");
    if (tries === 4 && state.phase === "offline") expect(state.retryAt - t.clock.now()).toBe(750);
    t.clock.advance(30_000);
  }
});

socketTest("a session that ended is not tried again", async (t) => {
  (await t.online()).close(CLOSE.sessionEnded);
  const reason = "Your session has ended. Please come in again.";
  expect(await t.reaches("ended")).toEqual({ phase: "ended", reason });
  expect(t.clock.waits).toEqual([]);
  t.page.change("online");
  expect([t.socket.state.phase, t.server.waiting]).toEqual(["ended", 0]);
});

socketTest("without a session there is no ticket and no second try", async (t) => {
  expect(await t.reaches("ended")).toEqual({ phase: "ended", reason: "Please come in again." });
  expect(t.clock.waits).toEqual([]);
}, () => Promise.reject(new Refusal("SESSION_EXPIRED", "Please come in again.")));

socketTest("a ticket that is refused for haste is asked for when the server said", async (t) => {
  const state = await t.reaches("offline");
  expect(state.phase === "offline" && state.retryAt - t.clock.now()).toBe(9_000);
}, () => Promise.reject(new Refusal("RATE_LIMIT_EXCEEDED", "Slower.", 9)));

socketTest("a lost network shows at once, and its return does not wait for the next try", async (t) => {
  const served = await t.online();
  t.page.change("offline");
  expect(t.socket.state.phase).toBe("offline");
  await served.closed;
  t.page.change("online");
  expect(t.socket.state.phase).toBe("connecting");
  await t.online();
});

socketTest("heartbeats say whether the page is looked at", async (t) => {
  const served = await t.online();
  served.answersHeartbeats = true;
  const heard = new Promise((resolve) => t.socket.onEvents(resolve));
  t.page.change("hidden");
  expect(await served.next("heartbeat")).toMatchObject({ away: true });
  await heard;
  t.clock.advance(25_000);
  expect(await served.next("heartbeat")).toMatchObject({ away: true });
  t.page.change("awake");
  expect(await served.next("heartbeat")).toMatchObject({ away: false });
});

socketTest("a peer that says nothing for two heartbeats is given up", async (t) => {
  await t.online();
  t.clock.advance(25_000);
  expect(t.socket.state.phase).toBe("online");
  t.clock.advance(25_000);
  expect(t.socket.state.phase).toBe("offline");
});

socketTest("a peer that died while the page slept is noticed within seconds", async (t) => {
  await t.online();
  t.clock.advance(20_000);
  t.page.change("awake");
  t.clock.advance(5_000);
  expect(t.socket.state.phase).toBe("offline");
});

socketTest("a connection without a welcome is given up", async (t) => {
  await t.server.accept();
  t.clock.advance(10_000);
  expect(t.socket.state.phase).toBe("offline");
});
