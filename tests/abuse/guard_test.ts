import { expect } from "expect";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { before, until } from "../support/wait.ts";
import { accountsAt, dial } from "./accounts.ts";
import { frame } from "./breaches.ts";
import { endless } from "./endless.ts";
import { memoryOf, resetPeak } from "./memory.ts";

const MIB = 1024 * 1024;
/** Far more than the guard lets through on any machine, and more than a server has. */
const ENDLESS = 2 * 1024 * MIB;
/** Bytes by which this process may grow meanwhile; attacker and other tests of this file are in it too. */
const GROWTH = 600 * MIB;

const parley = parleyForFile({ env: { TRUST_PROXY: "1" } });

Deno.test("a message in endless fragments is cut while memory stays bounded, and others go on talking", async () => {
  const { node } = parley();
  const [attacker] = await accountsAt(node, 1);
  const { id: roomId } = await roomOf(node);
  const ann = await connect(node, await guest(node));
  await ann.join(roomId);
  resetPeak(Deno.pid);
  const { now } = memoryOf(Deno.pid);
  for (let time = 0; time < 3; time++) {
    const attack = endless(node, attacker!, { most: ENDLESS });
    await ann.say(roomId, "Still here");
    expect(await before(attack, "the cut", 30_000)).toMatchObject({ cut: true });
  }
  expect(memoryOf(Deno.pid).peak - now).toBeLessThan(GROWTH);
  await ann.say(roomId, "And after");
  await ann.close();
});

Deno.test("one frame that is announced to be 60 MiB long is cut when it comes", async () => {
  const { node } = parley();
  const [attacker] = await accountsAt(node, 1);
  const socket = await dial(node, attacker!);
  const end = socket.readToEnd();
  const huge = frame(new Uint8Array(60 * MIB));
  try {
    // Without its last byte, so that it never is a message: only a cut can end it.
    for (let sent = 0; sent < huge.length - 1;) {
      sent += await socket.connection.write(huge.subarray(sent, -1));
    }
  } catch {
    // It was cut before all was sent.
  }
  expect((await before(end, "the end", 30_000)).code).toBe(1006);
  socket.close();
});

Deno.test("a socket that was closed is cut when its other side never answers, and only then gives its place back", async () => {
  // Ten sockets an account.
  const strict = await parley().join({ env: { LIMITS_FACTOR: "1", TRUST_PROXY: "1" } });
  const [attacker] = await accountsAt(strict, 1);
  const stubborn = await Promise.all(Array.from({ length: 10 }, () => dial(strict, attacker!)));
  // The server closes each of them, and none answers.
  for (const { connection } of stubborn) await connection.write(frame("no object"));
  await until("all of them closed", () => strict.services.realtime.connections() === 0);
  const refused = await dial(strict, attacker!);
  expect(refused.handshake.status).toBe(429);
  refused.close();
  await Promise.all(stubborn.map((socket) => before(socket.readToEnd(), "its close frame")));
  await until("a place", async () => {
    const next = await dial(strict, attacker!);
    next.close();
    return next.handshake.status === 101;
  }, 20_000);
  for (const socket of stubborn) socket.close();
  await strict.stop();
});
