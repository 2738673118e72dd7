import { expect } from "expect";
import { historyPage } from "../../lib/messages/history.ts";
import { movableClock, startNode, startParley } from "../support/node.ts";
import { connect, ticketFor } from "../support/socket.ts";
import { dataOf, guest, roomOf } from "../support/visitor.ts";
import { viewOf } from "../support/view.ts";
import { before, until } from "../support/wait.ts";

Deno.test("a session's sockets close within 2 s on both nodes when it ends, and nobody else's", async () => {
  await using parley = await startParley({ nodes: 2 });
  const [here, there] = parley.nodes;
  const [ann, ben] = [await guest(here!, { name: "Ann" }), await guest(here!, { name: "Ben" })];
  const sockets = [await connect(here!, ann), await connect(there!, ann)];
  const other = await connect(there!, ben);
  const headers = { authorization: `Bearer ${ann.accessToken}` };
  await dataOf(await fetch(`${here!.origin}/api/auth/logout`, { method: "POST", headers }));
  for (const socket of sockets) {
    expect(await before(socket.closed, "the end", 2_000)).toMatchObject({ code: 4001 });
  }
  await other.done({ type: "heartbeat" });
  await other.close();
});

Deno.test("an ended session's socket hears nothing more when others go on talking", async () => {
  await using parley = await startParley({ nodes: 2 });
  const [here, there] = parley.nodes;
  const [ann, ben] = [await guest(here!, { name: "Ann" }), await guest(here!, { name: "Ben" })];
  const { id: roomId } = await roomOf(here!);
  const [ended, speaker] = [await connect(there!, ann), await connect(there!, ben)];
  for (const socket of [ended, speaker]) await socket.join(roomId);
  const headers = { authorization: `Bearer ${ann.accessToken}` };
  await fetch(`${here!.origin}/api/auth/logout`, { method: "POST", headers }).then((response) =>
    response.body?.cancel()
  );
  await before(ended.closed, "the end");
  const { seq } = await speaker.say(roomId, "Between us");
  await speaker.take("new_message", (event) => event.seq === seq);
  expect(ended.log(roomId)).toEqual([]);
  await speaker.close();
});

Deno.test("a guest's credentials are worth nothing when their day is over", async () => {
  const clock = movableClock();
  await using parley = await startParley({ clock });
  const ann = await guest(parley.node);
  clock.advance(24 * 60 * 60 * 1000);
  const response = await ann.fetch("/api/auth/me");
  expect(response.status).toBe(401);
  await response.body?.cancel();
  await expect(ticketFor(parley.node, ann)).rejects.toThrow();
});

Deno.test("sockets are told to come back and acknowledged messages are kept when a node stops", async () => {
  await using parley = await startParley({ nodes: 2 });
  const [here, there] = parley.nodes;
  const { id: roomId } = await roomOf(here!);
  const speaker = await connect(here!, await guest(here!, { name: "Ann" }));
  const witness = await connect(there!, await guest(there!, { name: "Ben" }));
  const idle = await connect(here!, await guest(here!, { name: "Cleo" }));
  for (const socket of [speaker, witness, idle]) await socket.join(roomId);
  const shown = (people: number) => viewOf(witness.events, roomId).people.length === people;
  await until("three in the room", () => shown(3));
  const sends = Array.from({ length: 200 }, (_, index) => {
    return { type: "send_message", roomId, clientId: `stop-${index}`, body: `Line ${index}` } as const;
  });
  for (const frame of sends) speaker.send(frame);
  await speaker.take("ack");
  const stopped = here!.stop();
  expect(await before(idle.closed, "the end")).toMatchObject({ code: 1012 });
  // Whose frames are still on their way may find the connection reset before it reads why.
  await before(speaker.closed, "the end");
  await before(stopped, "an orderly stop", 5_000);

  const acked = speaker.events.filter((event) => event.type === "ack" && event.clientId?.startsWith("stop-"));
  const kept = await historyPage(parley.database.sql, roomId, { reader: null, limit: 100 });
  expect(acked.length).toBeGreaterThan(0);
  for (const ack of acked) {
    const [row] = await parley.database.sql`
      select seq from messages where room_id = ${roomId} and client_id = ${
      (ack as { clientId: string }).clientId
    }`;
    expect(Number(row?.seq)).toBe((ack as { seq: number }).seq);
  }
  const head = kept.messages.at(-1)!.seq;
  await until("the other node shows them all", () => witness.log(roomId).at(-1)?.seq === head || undefined);
  await until("one in the room", () => shown(1));
  await witness.close();
});

Deno.test("everything reaches a node by the sweep when its doorbell is deaf", async () => {
  await using parley = await startParley();
  const watch = Deno.Kv.prototype.watch;
  // Rings come to nothing here, as when `watch` loses some.
  Deno.Kv.prototype.watch = () => new ReadableStream();
  const deaf = await startNode(parley.shared).finally(() => Deno.Kv.prototype.watch = watch);
  parley.nodes.push(deaf);
  const { id: roomId } = await roomOf(parley.node);
  const speaker = await connect(parley.node, await guest(parley.node, { name: "Ann" }));
  const listener = await connect(deaf, await guest(deaf, { name: "Ben" }));
  for (const socket of [speaker, listener]) await socket.join(roomId);
  for (let index = 0; index < 20; index++) await speaker.say(roomId, `Line ${index}`);
  const deadline = 6_000;
  await until("all twenty", () => listener.log(roomId).length === 20 || undefined, deadline);
  expect(listener.log(roomId).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
  for (const socket of [speaker, listener]) await socket.close();
});
