import { expect } from "expect";
import { kvServerTest } from "../support/denokv.ts";
import { startMachines } from "../support/machines.ts";
import { connect, openSocket, ticketFor } from "../support/socket.ts";
import { dataOf, guest, roomOf } from "../support/visitor.ts";
import { viewOf } from "../support/view.ts";
import { before, until } from "../support/wait.ts";
import { connectGhost, ghost, ghostRoom, post } from "../ghosts/people.ts";
import { act, join, slugRoom } from "../rooms/slug.ts";
import { memberOf } from "./people.ts";

kvServerTest("two machines are one Parley when they share Postgres, denokv and secrets", async (test) => {
  await using machines = await startMachines();
  const { here, there } = machines;
  const [ann, ben] = [await guest(here, { name: "Ann" }), await guest(there, { name: "Ben" })];

  await test.step("what is said on one is heard on the other, in order, and resumed there", async () => {
    const { id: roomId } = await roomOf(here, "general", "en");
    const [speaker, listener] = [await connect(here, ann), await connect(there, ben)];
    const { headSeq } = await speaker.join(roomId);
    await listener.join(roomId);
    const after = (...seqs: number[]) => seqs.map((seq) => headSeq + seq);
    for (let index = 0; index < 20; index++) await speaker.say(roomId, `Line ${index}`);
    await until("twenty lines", () => listener.log(roomId).length === 20);
    const all = after(...Array.from({ length: 20 }, (_, index) => index + 1));
    expect(listener.log(roomId).map(({ seq }) => seq)).toEqual(all);
    await listener.say(roomId, "And back");
    await speaker.take("new_message", ({ message }) => message.body === "And back");
    await speaker.close();

    const back = await connect(there, ann);
    expect(await back.join(roomId, headSeq + 15)).toMatchObject({ resumed: true, headSeq: headSeq + 21 });
    expect(back.log(roomId).map(({ seq }) => seq)).toEqual(after(16, 17, 18, 19, 20, 21));
    for (const socket of [back, listener]) await socket.close();
  });

  await test.step("people and who is typing are seen both ways", async () => {
    const { id: roomId } = await roomOf(here, "general", "fr");
    const [one, other] = [await connect(here, ann), await connect(there, ben)];
    for (const socket of [one, other]) await socket.join(roomId);
    for (const socket of [one, other]) {
      await until("two in the room", () => viewOf(socket.events, roomId).people.length === 2);
    }
    for (const [typist, witness] of [[one, other], [other, one]] as const) {
      for (const on of [true, false]) {
        await typist.done({ type: "typing", roomId, on });
        await witness.take("typing", (event) => event.on === on);
      }
    }
    await other.close();
    await one.take("user_left", ({ userId }) => userId === ben.user.id);
    await one.close();
  });

  await test.step("a ticket of one opens a socket on the other, once", async () => {
    const protocols = ["parley.v1", `ticket.${await ticketFor(here, ann)}`];
    const socket = openSocket(there, protocols);
    await socket.take("welcome");
    for (const machine of [here, there]) {
      expect((await before(openSocket(machine, protocols).closed, "a refusal")).code).not.toBe(1000);
    }
    await socket.close();
  });

  await test.step("a session that ends on one closes its sockets on the other within 2 s", async () => {
    const cleo = await guest(here, { name: "Cleo" });
    const sockets = [await connect(here, cleo), await connect(there, cleo)];
    const headers = { authorization: `Bearer ${cleo.accessToken}` };
    await dataOf(await fetch(`${here.origin}/api/auth/logout`, { method: "POST", headers }));
    for (const socket of sockets) {
      expect(await before(socket.closed, "the end", 2_000)).toMatchObject({ code: 4001 });
    }
  });

  await test.step("who is sent out on one hears nothing more on the other after 2 s", async () => {
    const [owner, member] = [await memberOf(machines, "ada"), await memberOf(machines, "bea")];
    const room = await slugRoom(here, owner);
    await join(there, room, member);
    const [speaker, sentOut] = [await connect(here, owner), await connect(there, member)];
    for (const socket of [speaker, sentOut]) await socket.join(room.id);
    await dataOf(await act(here, owner, room, "kick", { userId: member.user.id }));
    await sentOut.take("room_left", ({ roomId }) => roomId === room.id, 2_000);
    await speaker.say(room.id, "Among ourselves");
    expect(await sentOut.refused({ type: "join_room", roomId: room.id })).toMatchObject({ type: "error" });
    expect(sentOut.log(room.id)).toEqual([]);
    for (const socket of [speaker, sentOut]) await socket.close();
  });

  await test.step("ghosts of one room meet from both, and all leave when it is closed on one", async () => {
    const { token, ownerKey } = await ghostRoom(here);
    const mist = await connectGhost(here, await ghost(here, token, "Mist"));
    const fog = await connectGhost(there, await ghost(there, token, "Fog"));
    await mist.say(mist.roomId, "Boo");
    await fog.take("new_message", ({ message }) => message.body === "Boo");
    await dataOf(await post(there, `/api/rooms/${token}/close`, { ownerKey }));
    for (const socket of [mist, fog]) await socket.take("room_closed", () => true, 2_000);
    for (const socket of [mist, fog]) await socket.close();
  });
});
