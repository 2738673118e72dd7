/** Invariant 4: who loses the right to read gets nothing more, within 2 s, on every isolate. */
import { expect } from "expect";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { type Member, member } from "../support/member.ts";
import { type Node, parleyForFile } from "../support/node.ts";
import { connect, type EventOf, type TestSocket } from "../support/socket.ts";
import { dataOf, refusal } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { act, ask, join, slugRoom } from "./slug.ts";

const PEOPLE = 100;
/** Milliseconds in which delivery must have stopped. */
const MOST = 2_000;
/** Milliseconds between two lines of who keeps talking. */
const TALK_EVERY = 15;
/** Milliseconds that everybody listens on after the last kick. */
const AFTERWARDS = 2_500;

const parley = parleyForFile({ nodes: 2 });

interface Listener {
  who: Member;
  node: Node;
  socket: TestSocket;
  /** When the last message of the room came. */
  heardAt: number;
  /** When the kick was answered. */
  kickedAt: number;
}

async function listen(node: Node, room: RoomInfo): Promise<Listener> {
  const who = await member(node);
  await join(node, room, who);
  const socket = await connect(node, who as Parameters<typeof connect>[1]);
  await socket.join(room.id);
  const listener: Listener = { who, node, socket, heardAt: 0, kickedAt: 0 };
  const receive = socket.socket.onmessage!;
  socket.socket.onmessage = function (event) {
    if (String(event.data).includes('"new_message"')) listener.heardAt = performance.now();
    receive.call(this, event);
  };
  return listener;
}

/** Somebody who talks until told to stop. @returns how much was said */
function keepTalking(socket: TestSocket, room: RoomInfo): () => Promise<number> {
  let talking = true;
  const done = (async () => {
    let said = 0;
    for (; talking; said++) {
      await socket.say(room.id, `line ${said}`);
      await new Promise((next) => setTimeout(next, TALK_EVERY));
    }
    return said;
  })();
  return () => {
    talking = false;
    return done;
  };
}

Deno.test("nothing comes 2 s after a kick when a hundred are kicked on two nodes, and a ban closes every door", async (test) => {
  const nodes = parley().nodes as [Node, Node];
  const [owner, talker] = [await member(nodes[0]), await member(nodes[1])];
  const room = await slugRoom(nodes[0], owner);
  await join(nodes[0], room, talker);
  const listeners: Listener[] = [];
  for (let made = 0; made < PEOPLE; made += 10) {
    listeners.push(
      ...await Promise.all(Array.from({ length: 10 }, (_, index) => listen(nodes[index % 2]!, room))),
    );
  }
  const voice = await connect(nodes[1], talker as Parameters<typeof connect>[1]);
  await voice.join(room.id);
  const stop = keepTalking(voice, room);

  await test.step("kicks", async () => {
    await until("everybody to hear it", () => listeners.every(({ heardAt }) => heardAt > 0));
    for (const [index, listener] of listeners.entries()) {
      // By the node that holds the socket, and by the other one.
      const by = nodes[Math.floor(index / 2) % 2]!;
      const answer = await act(by, owner, room, "kick", { userId: listener.who.user.id });
      listener.kickedAt = performance.now();
      await dataOf(answer);
    }
    await new Promise((done) => setTimeout(done, AFTERWARDS));
    expect(await stop()).toBeGreaterThan(PEOPLE);
    const late = listeners.map(({ heardAt, kickedAt }) => Math.max(0, heardAt - kickedAt)).toSorted((a, b) =>
      a - b
    );
    const [p50, most] = [late[PEOPLE / 2]!, late.at(-1)!];
    console.log(`last delivery after the kick's answer: p50 ${p50.toFixed(1)} ms, max ${most.toFixed(1)} ms`);
    expect(late.filter((ms) => ms > MOST)).toEqual([]);
    // They were told why it stopped.
    for (const { socket } of listeners) {
      expect((await socket.take("moderation") as EventOf<"moderation">).action).toBe("KICK");
      await socket.take("room_left");
    }
  });

  await test.step("what a kicked socket asks for is refused", async () => {
    for (const { socket } of listeners.slice(0, 10)) {
      expect((await socket.refused({ type: "join_room", roomId: room.id })).code).toBe("NOT_A_MEMBER");
      const saying = {
        type: "send_message",
        roomId: room.id,
        clientId: crypto.randomUUID(),
        body: "Still here",
      } as const;
      expect((await socket.refused(saying)).code).toBe("NOT_A_MEMBER");
    }
  });

  await test.step("bans", async () => {
    const { token } = await dataOf<{ token: string }>(await act(nodes[0], owner, room, "invites"));
    for (const { who, socket, node } of listeners.slice(0, 20)) {
      await join(node, room, who);
      await socket.join(room.id);
      await dataOf(await act(nodes[0], owner, room, "ban", { userId: who.user.id }));
      expect((await socket.take("moderation") as EventOf<"moderation">).action).toBe("BAN");
      await refusal(await act(node, who, room, "join"), 403, "FORBIDDEN");
      await refusal(await act(node, who, room, "join", { invite: token }), 403, "FORBIDDEN");
      await refusal(await ask(node, who, "GET", `/api/chatroom/rooms/${room.id}/messages`), 403, "FORBIDDEN");
      expect((await socket.refused({ type: "join_room", roomId: room.id })).code).toBe("FORBIDDEN");
      const { sql } = node.services;
      const direct =
        sql`update memberships set left_at = null where room_id = ${room.id} and user_id = ${who.user.id}`;
      await expect(direct.execute()).rejects.toMatchObject({ code: "PR403" });
      const anew = sql`insert into memberships (room_id, user_id) values (${room.id}, ${who.user.id})`;
      await expect(anew.execute()).rejects.toMatchObject({ code: "PR403" });
    }
  });
  await Promise.all([voice, ...listeners.map(({ socket }) => socket)].map((socket) => socket.close()));
});

Deno.test("a socket that joins at the moment of the kick hears nothing more either", async () => {
  const nodes = parley().nodes as [Node, Node];
  const [owner, talker] = [await member(nodes[0]), await member(nodes[1])];
  const room = await slugRoom(nodes[0], owner);
  await join(nodes[0], room, talker);
  const voice = await connect(nodes[1], talker as Parameters<typeof connect>[1]);
  const sockets: TestSocket[] = [];
  for (let round = 0; round < 40; round++) {
    const node = nodes[round % 2]!;
    const who = await member(node);
    await join(node, room, who);
    const socket = await connect(node, who as Parameters<typeof connect>[1]);
    sockets.push(socket);
    const joining = socket.request({ type: "join_room", roomId: room.id });
    await new Promise((later) => setTimeout(later, round % 8));
    await dataOf(await act(nodes[0], owner, room, "kick", { userId: who.user.id }));
    await joining;
  }
  await new Promise((done) => setTimeout(done, MOST));
  const { seq } = await voice.say(room.id, "For members only");
  await new Promise((done) => setTimeout(done, MOST / 4));
  const heard = sockets.filter((socket) =>
    socket.events.some((event) => event.type === "new_message" && event.seq === seq)
  );
  expect(heard.length).toBe(0);
  await Promise.all([voice, ...sockets].map((socket) => socket.close()));
});
