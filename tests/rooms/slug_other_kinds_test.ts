/** Members' actions where they are not those of a slug room's own people. */
import { expect } from "expect";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal } from "../support/visitor.ts";
import { act, ask, detailsOf, rolesOf, slugRoom } from "./slug.ts";

const parley = parleyForFile();

Deno.test("members of a password room leave, are kicked and promoted by the same addresses, and nobody joins by them", async () => {
  const { node } = parley();
  const [ann, ben] = [await member(node, { name: "Ann" }), await guest(node, { name: "Ben" })];
  const body = { roomName: "Cellar 12", password: "candlelight" };
  const { room } = await dataOf<{ room: RoomInfo }>(await ask(node, ann, "POST", "/join", body));
  await refusal(await act(node, ben, room, "join"), 403, "FORBIDDEN");
  await dataOf(await ask(node, ben, "POST", "/join", body));
  await dataOf(await act(node, ann, room, "promote", { userId: ben.user.id, role: "moderator" }));
  expect(await rolesOf(node, ben, room)).toEqual({ Ann: "owner", Ben: "moderator" });
  const set = (change: Record<string, unknown>) =>
    ask(node, ann, "PATCH", `/api/rooms/slug/${room.id}/settings`, change);
  await refusal(await set({ slug: "a-slug" }), 400, "VALIDATION_FAILED");
  await dataOf(await set({ name: "Cellar 13", topic: "Wine" }));
  await dataOf(await act(node, ann, room, "ban", { userId: ben.user.id }));
  await refusal(await ask(node, ben, "POST", "/join", { ...body, roomName: "Cellar 13" }), 403, "FORBIDDEN");
  await dataOf(await act(node, ann, room, "leave"));
});

Deno.test("people leave direct rooms of more than two, and nothing else is done to anybody there", async () => {
  const { node } = parley();
  const [ann, ben, cleo] = [await member(node), await member(node), await member(node)];
  const { room } = await dataOf<{ room: RoomInfo }>(
    await ask(node, ann, "POST", "/api/rooms/direct", { userIds: [ben.user.id, cleo.user.id] }),
  );
  await refusal(await act(node, ann, room, "kick", { userId: ben.user.id }), 403, "FORBIDDEN");
  await refusal(await act(node, ann, room, "archive", { archived: true }), 403, "FORBIDDEN");
  await refusal(await act(node, ann, room, "invites"), 403, "FORBIDDEN");
  expect((await detailsOf(node, ann, room)).may).toEqual(["read", "send", "react", "pin", "leave"]);
  await dataOf(await act(node, ann, room, "leave"));
  await refusal(await ask(node, ann, "GET", `/api/rooms/slug/${room.id}`), 403, "NOT_A_MEMBER");
});

Deno.test("staff keep order in rooms they are not in, and an admin stands in for an owner", async () => {
  const { node } = parley();
  const [ann, ben, cleo] = [
    await member(node),
    await member(node, { name: "Ben" }),
    await member(node, { name: "Cleo" }),
  ];
  const [mod, admin] = [await member(node, { role: "MODERATOR" }), await member(node, { role: "ADMIN" })];
  const room = await slugRoom(node, ann, { visibility: "invite" });
  await node.services
    .sql`insert into memberships (room_id, user_id) values (${room.id}, ${ben.user.id}), (${room.id}, ${cleo.user.id})`;
  expect(await detailsOf(node, mod, room)).toMatchObject({
    role: null,
    may: ["pin", "join", "kick", "ban", "delete_any"],
    memberCount: 3,
  });
  await refusal(await ask(node, mod, "GET", `/api/chatroom/rooms/${room.id}/messages`), 403, "NOT_A_MEMBER");
  await dataOf(await act(node, mod, room, "kick", { userId: ben.user.id }));
  await refusal(await act(node, mod, room, "archive", { archived: true }), 403, "NOT_A_MEMBER");
  await dataOf(await act(node, admin, room, "promote", { userId: cleo.user.id, role: "moderator" }));
  await refusal(await act(node, admin, room, "kick", { userId: ann.user.id }), 403, "FORBIDDEN");
  await dataOf(await act(node, admin, room, "archive", { archived: true }));
  expect((await detailsOf(node, ann, room)).room.archived).toBe(true);
});
