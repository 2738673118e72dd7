import { expect } from "expect";
import { movableClock, parleyForFile } from "../support/node.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { connect, openSocket, ticketFor } from "../support/socket.ts";
import { dataOf, guest, refusal } from "../support/visitor.ts";
import { until } from "../support/wait.ts";

const clock = movableClock();
const parley = parleyForFile({ nodes: 2, clock });

async function upgrade(headers: Record<string, string | null>) {
  const socket = await RawSocket.ask(parley().node, { origin: parley().node.origin, ...headers });
  const { status, headers: answered, body } = socket.handshake;
  socket.close();
  return {
    status,
    protocol: answered.get("sec-websocket-protocol"),
    code: body && JSON.parse(body).error?.code,
  };
}

const protocols = (ticket: string) => `parley.v1, ticket.${ticket}`;

Deno.test("a socket opens when it brings a ticket and comes from our page", async () => {
  const ticket = await ticketFor(parley().node, await guest(parley().node));
  const answer = await upgrade({ "sec-websocket-protocol": protocols(ticket) });
  expect(answer).toMatchObject({ status: 101, protocol: "parley.v1" });
});

Deno.test("a ticket of one node opens a socket when it is shown to another", async () => {
  const [here, there] = parley().nodes;
  const ticket = await ticketFor(here!, await guest(here!));
  const socket = openSocket(there!, ["parley.v1", `ticket.${ticket}`]);
  await socket.take("welcome");
  await socket.close();
});

Deno.test("welcome names the guest and the heartbeat when a socket opens", async () => {
  const who = await guest(parley().node, { name: "Ada" });
  const { welcome, ...socket } = await connect(parley().node, who);
  expect(welcome).toMatchObject({ user: { ...who.user, name: "Ada" }, heartbeatSeconds: 25 });
  expect(Math.abs(Date.parse(welcome.serverTime) - clock())).toBeLessThan(5_000);
  socket.socket.close();
});

Deno.test("an upgrade is refused when its ticket was used before", async () => {
  const ticket = await ticketFor(parley().node, await guest(parley().node));
  await upgrade({ "sec-websocket-protocol": protocols(ticket) });
  expect(await upgrade({ "sec-websocket-protocol": protocols(ticket) })).toMatchObject({
    status: 401,
    code: "INVALID_TICKET",
  });
});

Deno.test("one of many sockets opens when all show the same ticket at once on two nodes", async () => {
  const ticket = await ticketFor(parley().node, await guest(parley().node));
  const tries = Array.from({ length: 10 }, (_, index) => {
    const node = parley().nodes[index % 2]!;
    return RawSocket.ask(node, { origin: node.origin, "sec-websocket-protocol": protocols(ticket) });
  });
  const sockets = await Promise.all(tries);
  expect(sockets.filter(({ handshake }) => handshake.status === 101)).toHaveLength(1);
  for (const socket of sockets) socket.close();
});

Deno.test("an upgrade is refused when its ticket is older than 30 s", async () => {
  const ticket = await ticketFor(parley().node, await guest(parley().node));
  clock.advance(30_001);
  expect(await upgrade({ "sec-websocket-protocol": protocols(ticket) })).toMatchObject({
    status: 401,
    code: "INVALID_TICKET",
  });
});

Deno.test("a ticket says that it expires in 30 s when it is given out", async () => {
  const who = await guest(parley().node);
  const headers = { authorization: `Bearer ${who.accessToken}` };
  const response = await fetch(`${parley().node.origin}/api/auth/ws-token`, { method: "POST", headers });
  const { expiresAt } = await dataOf<{ expiresAt: string }>(response);
  expect(Math.abs(Date.parse(expiresAt) - clock() - 30_000)).toBeLessThan(5_000);
});

Deno.test("no ticket is given out when nobody has come in", async () => {
  const response = await fetch(`${parley().node.origin}/api/auth/ws-token`, {
    method: "POST",
    headers: { origin: parley().node.origin },
  });
  await refusal(response, 401, "INVALID_SESSION");
});

Deno.test("an upgrade is refused when its session has ended since the ticket was given", async () => {
  const who = await guest(parley().node);
  const ticket = await ticketFor(parley().node, who);
  const headers = { authorization: `Bearer ${who.accessToken}` };
  await fetch(`${parley().node.origin}/api/auth/logout`, { method: "POST", headers });
  expect(await upgrade({ "sec-websocket-protocol": protocols(ticket) })).toMatchObject({ status: 401 });
});

Deno.test("an upgrade is refused before a socket exists when it is not complete", async (test) => {
  const cases: [what: string, headers: Record<string, string | null>, status: number, code: string][] = [
    ["no ticket comes", { "sec-websocket-protocol": "parley.v1" }, 401, "INVALID_TICKET"],
    ["no sub-protocol comes at all", {}, 401, "INVALID_TICKET"],
    ["the ticket is made up", { "sec-websocket-protocol": protocols("A".repeat(43)) }, 401, "INVALID_TICKET"],
    ["the ticket is empty", { "sec-websocket-protocol": "parley.v1, ticket." }, 401, "INVALID_TICKET"],
    ["another site asks", { origin: "https://evil.example" }, 403, "ORIGIN_NOT_ALLOWED"],
    ["the origin is opaque", { origin: "null" }, 403, "ORIGIN_NOT_ALLOWED"],
    ["no origin is named", { origin: null }, 403, "ORIGIN_NOT_ALLOWED"],
    ["it is no upgrade", { upgrade: null, connection: "keep-alive" }, 426, "UPGRADE_REQUIRED"],
  ];
  for (const [what, headers, status, code] of cases) {
    await test.step(what, async () => {
      const ticket = await ticketFor(parley().node, await guest(parley().node));
      const all = {
        "sec-websocket-protocol": headers.origin !== undefined ? protocols(ticket) : null,
        ...headers,
      };
      expect(await upgrade(all)).toMatchObject({ status, code });
    });
  }
});

Deno.test("an upgrade is refused, and no place is lost, when it speaks another sub-protocol or a broken handshake", async () => {
  const strict = await parley().join({ env: { LIMITS_FACTOR: "1" } });
  const who = await guest(strict);
  for (let index = 0; index < 12; index++) {
    const ticket = await ticketFor(strict, who);
    const odd: Record<string, string | null> = index % 2
      ? { "sec-websocket-protocol": `ticket.${ticket}` }
      : { "sec-websocket-protocol": protocols(ticket), "sec-websocket-key": null };
    const socket = await RawSocket.ask(strict, { origin: strict.origin, ...odd });
    expect(socket.handshake.status).toBeGreaterThanOrEqual(400);
    expect(socket.handshake.status).toBeLessThan(500);
    socket.close();
  }
  const socket = await connect(strict, who);
  await socket.close();
});

Deno.test("a socket more is refused when an account has ten, on whatever node", async () => {
  const strict = { env: { LIMITS_FACTOR: "1" } };
  const nodes = [await parley().join(strict), await parley().join(strict)];
  const who = await guest(nodes[0]!);
  // Each isolate counts the others once it has seen their sign of life.
  await until("the nodes see each other", async () => {
    const signs = await Array.fromAsync(nodes[0]!.services.kv.list({ prefix: ["isolate"] }));
    return signs.length >= 4;
  });
  const sockets = [];
  for (let index = 0; index < 10; index++) sockets.push(await connect(nodes[index % 2]!, who));
  const ask = async () => {
    const ticket = await ticketFor(nodes[1]!, who);
    return await RawSocket.ask(nodes[1]!, {
      origin: nodes[1]!.origin,
      "sec-websocket-protocol": protocols(ticket),
    });
  };
  const refused = await ask();
  expect(refused.handshake.status).toBe(429);
  expect(JSON.parse(refused.handshake.body).error.code).toBe("TOO_MANY_CONNECTIONS");
  refused.close();
  await sockets.pop()!.close();
  await until("a place is free again", async () => {
    const again = await ask();
    again.close();
    return again.handshake.status === 101;
  });
  for (const socket of sockets) await socket.close();
});
