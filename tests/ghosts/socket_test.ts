/** Ghosts live: they come in by their token, hear their room and nothing else, and are told when it ends. */
import { expect } from "expect";
import { TTL_WARNINGS } from "../../lib/protocol/limits.ts";
import { Endings } from "../../lib/realtime/endings.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { before } from "../support/wait.ts";
import { briefRoom, connectGhost, encryptedRoom, ghost, ghostRoom, idOf, SEALED } from "./people.ts";

const parley = parleyForFile({ nodes: 2 });
const here = () => parley().node;

Deno.test("a ghost joins by token and is told of their room", async () => {
  const { token, expiresAt } = await ghostRoom(here(), { capacity: 9 });
  const ann = await connect(here(), await ghost(here(), token, "Ann"));
  const roomId = await idOf(here(), token);
  expect(ann.welcome.user).toMatchObject({ name: "Ann", tier: "ghost", room: roomId });
  await ann.done({ type: "join_room", id: "in", roomToken: token });
  const joined = await ann.take("room_joined");
  expect(joined.room).toMatchObject({
    id: roomId,
    kind: "ghost",
    endsAt: expiresAt,
    capacity: 9,
    dir: "ltr",
  });
  expect(joined.room.encrypted).toBe(undefined);
  expect(JSON.stringify(joined)).not.toContain(token);
  expect(joined.members.map(({ name }) => name)).toEqual(["Ann"]);
  await ann.close();
});

Deno.test("ghosts talk, on two isolates, as everybody does", async () => {
  const { token } = await ghostRoom(here());
  const ann = await connectGhost(parley().nodes[0]!, await ghost(here(), token, "Ann"));
  const ben = await connectGhost(parley().nodes[1]!, await ghost(here(), token, "Ben"));
  const { seq, messageId } = await ann.say(ann.roomId, "Boo");
  const heard = await ben.take("new_message", (event) => event.seq === seq);
  expect(heard.message).toMatchObject({ body: "Boo", author: { id: ann.userId, name: "Ann" } });
  await ann.done({ type: "edit_message", messageId: messageId!, body: "Boo!" });
  expect(await ben.take("message_edited")).toMatchObject({ body: "Boo!" });
  await ann.done({ type: "typing", roomId: ann.roomId, on: true });
  await ben.take("typing", ({ on }) => on);
  await ann.done({ type: "delete_message", messageId: messageId! });
  await ben.take("message_deleted");
  await ann.done({ type: "read", roomId: ann.roomId, seq });
  const other = await ben.refused({
    type: "delete_message",
    messageId: (await ann.say(ann.roomId, "Mine")).messageId!,
  });
  expect(other.code).toBe("FORBIDDEN");
  for (const socket of [ann, ben]) await socket.close();
});

Deno.test("an encrypted room takes sealed words only, and a plain one plain words", async () => {
  const sealed = await encryptedRoom(here());
  const ann = await connectGhost(here(), await ghost(here(), sealed.token, "Ann"));
  const plain = await ann.refused({ type: "send_message", roomId: ann.roomId, clientId: "1", body: "Hello" });
  expect(plain.code).toBe("VALIDATION_FAILED");
  const { messageId } = await ann.say(ann.roomId, SEALED);
  const edit = await ann.refused({ type: "edit_message", messageId: messageId!, body: "Hello" });
  expect(edit.code).toBe("VALIDATION_FAILED");
  await ann.done({ type: "edit_message", messageId: messageId!, body: SEALED });
  await ann.close();
});

Deno.test("a ghost sees nothing but their room, and nobody else sees into it", async () => {
  const [{ token }, other] = [await ghostRoom(here()), await ghostRoom(here())];
  const ann = await connectGhost(here(), await ghost(here(), token, "Ann"));
  const ben = await connectGhost(here(), await ghost(here(), other.token, "Ben"));
  const { id: lounge } = await roomOf(here());
  const { messageId } = await ann.say(ann.roomId, "Between ghosts");
  expect((await ben.refused({ type: "join_room", roomToken: token })).code).toBe("NOT_A_MEMBER");
  expect((await ben.refused({ type: "join_room", roomId: ann.roomId })).code).toBe("NOT_A_MEMBER");
  expect((await ben.refused({ type: "join_room", roomId: lounge })).code).toBe("FORBIDDEN");
  for (const roomId of [ann.roomId, lounge]) {
    for (
      const frame of [
        { type: "send_message", roomId, clientId: "x", body: "Let me in" },
        { type: "typing", roomId, on: true },
        { type: "read", roomId, seq: 1 },
      ] as const
    ) {
      expect(["NOT_A_MEMBER", "FORBIDDEN"]).toContain((await ben.refused(frame)).code);
    }
  }
  for (
    const frame of [
      { type: "edit_message", messageId: messageId!, body: "Other words" },
      { type: "delete_message", messageId: messageId! },
    ] as const
  ) {
    expect((await ben.refused(frame)).code).toBe("NOT_A_MEMBER");
  }
  expect((await ben.refused({ type: "watch_rooms", on: true })).code).toBe("FORBIDDEN");
  for (const who of [await guest(here()), await member(here()), await member(here(), { role: "ADMIN" })]) {
    const socket = await connect(here(), who);
    for (const room of [{ roomToken: token }, { roomId: ann.roomId }]) {
      expect((await socket.refused({ type: "join_room", ...room })).code).toBe("NOT_A_MEMBER");
    }
    await socket.close();
  }
  expect((await ben.refused({ type: "join_room", roomToken: `ghost-${"x".repeat(22)}` })).code).toBe(
    "ROOM_NOT_FOUND",
  );
  await ann.say(ann.roomId, "Still between ghosts");
  expect(ben.events.filter((event) => "roomId" in event && event.roomId !== ben.roomId)).toEqual([]);
  for (const socket of [ann, ben]) await socket.close();
});

Deno.test("those in a room are warned that it ends, then told that it has ended, on both isolates", async () => {
  const began = Date.now();
  const { token, expiresAt } = await briefRoom(here(), { seconds: 4 });
  const sockets = [];
  for (const [index, node] of parley().nodes.entries()) {
    sockets.push(await connectGhost(node, await ghost(here(), token, `Ghost ${index}`)));
  }
  for (const socket of sockets) {
    const warning = await socket.take("room_ttl_warning");
    expect(warning).toEqual({
      type: "room_ttl_warning",
      roomId: socket.roomId,
      endsAt: expiresAt,
      secondsLeft: expect.any(Number),
    });
    expect(warning.secondsLeft).toBeGreaterThan(0);
    expect(warning.secondsLeft).toBeLessThanOrEqual(4);
  }
  for (const socket of sockets) {
    const closed = await socket.take("room_closed");
    expect(closed).toMatchObject({ roomId: socket.roomId, reason: expect.stringMatching(/time is over/) });
  }
  const took = Date.now() - began;
  expect(took).toBeGreaterThanOrEqual(4_000);
  const [ann] = sockets;
  const late = await ann!.refused({ type: "join_room", roomToken: token });
  expect(late.code).toBe("ROOM_EXPIRED");
  const said = await ann!.refused({
    type: "send_message",
    roomId: ann!.roomId,
    clientId: "late",
    body: "Hello?",
  });
  expect(["ROOM_EXPIRED", "ROOM_NOT_FOUND"]).toContain(said.code);
  for (const socket of sockets) {
    expect(socket.events.filter(({ type }) => type === "room_ttl_warning")).toHaveLength(1);
  }
  // Their sessions go with all else that the room held.
  for (const socket of sockets) expect(await before(socket.closed, "the end")).toMatchObject({ code: 4001 });
});

Deno.test("a warning comes ten minutes and one minute before the end, once each", () => {
  let now = 0;
  const told: number[] = [];
  const ended: string[] = [];
  const channel = { pass: (event: { secondsLeft: number }) => void told.push(event.secondsLeft) };
  const hub = { find: () => channel };
  const endings = new Endings(
    { clock: () => now, hub, end: (id: string) => void ended.push(id) } as unknown as ConstructorParameters<
      typeof Endings
    >[0],
  );
  const room = { id: "7", endsAt: new Date(3_600_000).toISOString() };
  endings.watch(room as Parameters<Endings["watch"]>[0]);
  for (; now <= 3_600_000; now += 1_000) endings.look();
  endings.close();
  expect(told).toEqual([...TTL_WARNINGS]);
  expect(ended).toEqual(["7"]);
});
