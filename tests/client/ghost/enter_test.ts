import { expect } from "expect";
import type { GhostSessionCalls } from "../../../lib/client/ghost/calls.ts";
import { enterRoom } from "../../../lib/client/ghost/enter.ts";
import { Refusal } from "../../../lib/client/refusal.ts";
import type { RoomKeys } from "../../../lib/client/sealing/key.ts";
import { ParleySocket } from "../../../lib/client/socket.ts";
import { newKeys, ROOM, sealedMessage, TOKEN } from "../sealing/support.ts";
import { ScriptedServer } from "../scripted_server.ts";
import { HandClock, HandPage } from "../support.ts";

const session = { sessionToken: "s", nickname: "Ada" };
const unused = () => Promise.reject(new Error("not asked for here"));

function setup(
  keys: RoomKeys | null,
  ticket: GhostSessionCalls["ticket"] = () => Promise.resolve({ token: "t" }),
) {
  const server = new ScriptedServer();
  const made: ParleySocket[] = [];
  const calls: GhostSessionCalls = {
    headers: { Authorization: "" },
    ticket,
    leave: unused,
    history: unused,
    file: unused,
  };
  const makeSocket = (fetchTicket: () => Promise<{ token: string }>) => {
    const socket = new ParleySocket({
      url: server.url,
      fetchTicket,
      timers: new HandClock(),
      page: new HandPage(),
      random: () => 0.5,
    });
    made.push(socket);
    return socket;
  };
  const entering = enterRoom({ token: TOKEN, session, calls, keys, makeSocket });
  const stop = async () => {
    for (const socket of made) socket.stop();
    await server.stop();
  };
  return { server, made, entering, stop };
}

const room = { id: ROOM, kind: "ghost", name: "", topic: "", dir: "ltr" } as const;
const joined = { type: "room_joined", roomId: ROOM, room, readSeq: 0, hasOlder: false } as const;

Deno.test("somebody with the key is in the room with its words open", async () => {
  const keys = await newKeys();
  const { server, entering, stop } = setup(keys);
  const served = await server.accept();
  served.welcome();
  const frame = await served.next("join_room");
  expect(frame).toMatchObject({ roomToken: TOKEN });
  const messages = [await sealedMessage(keys, { seq: 1, text: "you made it" })];
  served.send({ ...joined, id: frame.id, headSeq: 1, messages, members: [], presence: { online: 1 } });
  const entered = await entering;
  expect(entered.snapshot.messages.map(({ body }) => body)).toEqual(["you made it"]);
  expect(entered.snapshot).not.toHaveProperty("type");
  expect(entered.viewer.name).toBe("Me");
  await stop();
});

Deno.test("somebody without a place hears why, and no connection is left behind", async () => {
  const { server, made, entering, stop } = setup(null);
  const served = await server.accept();
  served.welcome();
  const frame = await served.next("join_room");
  served.send({ type: "error", id: frame.id, code: "ROOM_FULL", message: "Full." });
  await expect(entering).rejects.toMatchObject({ code: "ROOM_FULL", message: "Full." });
  await served.closed;
  expect(made[0]!.state.phase).not.toBe("ended");
  await stop();
});

Deno.test("a session that is over is told by its own code, and not tried again", async () => {
  const over = () => Promise.reject(new Refusal("INVALID_SESSION", "Your session is not known here."));
  const { server, entering, stop } = setup(null, over);
  await expect(entering).rejects.toMatchObject({ code: "INVALID_SESSION" });
  expect(server.waiting).toBe(0);
  await stop();
});

Deno.test("a server that cannot be reached is said at once: somebody stands at the door", async () => {
  const away = () => Promise.reject(new Refusal("DISCONNECTED", "The server cannot be reached."));
  const { entering, stop } = setup(null, away);
  await expect(entering).rejects.toMatchObject({ code: "DISCONNECTED" });
  await stop();
});
