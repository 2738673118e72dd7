import { expect } from "expect";
import { startParley } from "../support/node.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { connect, ticketFor } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { viewOf } from "../support/view.ts";
import { before, until } from "../support/wait.ts";

/** Some 8 KB each: 2,000 characters of four bytes. */
const BODY = "🦊".repeat(2_000);
/** Said at once: well below the 1 MiB at which a reader counts as slow, for the speaker reads too. */
const BATCH = 40;
/** More than the kernel keeps for a socket that nobody reads, by a wide margin. */
const MOST_MESSAGES = 6_000;

Deno.test("a reader that stops reading is closed with 4008, costs no more memory, and resumes when it comes back", async () => {
  await using parley = await startParley();
  const { node } = parley;
  const { id: roomId } = await roomOf(node);
  const [fast, slow] = [await guest(node, { name: "Fast" }), await guest(node, { name: "Slow" })];
  const speaker = await connect(node, fast);
  await speaker.join(roomId);
  const protocols = `parley.v1, ticket.${await ticketFor(node, slow)}`;
  const stalled = await RawSocket.ask(node, { origin: node.origin, "sec-websocket-protocol": protocols });
  await stalled.sendText(JSON.stringify({ type: "join_room", roomId }));
  await speaker.take("user_joined", ({ user }) => user.id === slow.user.id);

  let said = 0;
  const flood = async () => {
    await Promise.all(Array.from({ length: BATCH }, () => speaker.say(roomId, BODY)));
    said += BATCH;
  };
  while (node.services.realtime.connections() > 1 && said < MOST_MESSAGES) await flood();
  expect(node.services.realtime.connections()).toBe(1);
  await speaker.take("user_left", ({ userId }) => userId === slow.user.id);
  const saidUntilCut = said;
  // As much again: none of it is kept for the one that is gone.
  while (said < 2 * saidUntilCut) await flood();

  expect(await before(stalled.readToEnd(), "the end of what was sent")).toMatchObject({ code: 4008 });
  expect(stalled.received).toBeLessThan(said * 8_000 * 0.75);
  stalled.close();

  const back = await connect(node, slow);
  await back.join(roomId, said - 300);
  await until("what was missed", () => back.log(roomId).at(-1)?.seq === said || undefined);
  expect(back.log(roomId)).toHaveLength(300);
  expect(viewOf(speaker.events, roomId).headSeq).toBe(said);
  for (const socket of [speaker, back]) await socket.close();
});
