/** Ghost rooms tell nobody anything: what is said there is for those who are there. */
import { expect } from "expect";
import { connectGhost, ghost, ghostRoom, type GhostSocket } from "../ghosts/people.ts";
import { say as saySealed, sealedRoom } from "../ghosts/insiders.ts";
import { ask } from "../rooms/slug.ts";
import { refusal } from "../support/visitor.ts";
import { houseForFile, roomWith } from "./house.ts";

const house = houseForFile();

/** Whoever was to be told of `roomId` would have been by the time that Ben has been told of another room. */
async function nothingTold(roomId: string): Promise<void> {
  const { parley } = house();
  const [ann, ben] = [await house().person("Ann"), await house().person("Ben")];
  const club = await roomWith(parley.node, ann, ben);
  await house().told(club.id, await house().say(ann, club.id, `hi @${ben.user.username}`));
  expect(ben.browser.titles).toEqual(["Book club"]);
  const { sql } = parley.database;
  expect(await sql`select 1 from notices where room_id = ${roomId}`).toHaveLength(0);
}

Deno.test("nobody is told of what is said in a ghost room, whomever it names and answers", async () => {
  const { node } = house().parley;
  const cleo = await house().person("Cleo");
  const { token } = await ghostRoom(node);
  const sockets: GhostSocket[] = [];
  for (const name of ["Boo", "Casper"]) {
    sockets.push(await connectGhost(node, await ghost(node, token, name)));
  }
  const [boo, casper] = sockets as [GhostSocket, GhostSocket];
  const { messageId } = await boo.say(boo.roomId, `@${cleo.user.username} come over`);
  await casper.done({
    type: "send_message",
    roomId: casper.roomId,
    clientId: crypto.randomUUID(),
    body: `no, @Boo and @${cleo.user.username}`,
    replyTo: messageId!,
  });
  await nothingTold(boo.roomId);
  expect(cleo.browser.requests).toBe(0);
  for (const socket of sockets) await socket.close();
});

Deno.test("nobody is told of an encrypted ghost room", async () => {
  const { insiders } = await sealedRoom(house().parley, ["Boo", "Casper"]);
  const [boo] = insiders;
  await saySealed(boo!, "come over");
  await nothingTold(boo!.socket.roomId);
  for (const { socket } of insiders) await socket.close();
});

Deno.test("a ghost cannot ask to be told, nor can anybody of a ghost room", async () => {
  const { node } = house().parley;
  const cleo = await house().person("Cleo");
  const boo = await ghost(node, (await ghostRoom(node)).token, "Boo");
  const { subscription } = await house().service.browser();
  await refusal(
    await ask(node, boo, "POST", "/api/notifications/subscriptions", subscription),
    403,
    "FORBIDDEN",
  );
  const socket = await connectGhost(node, boo);
  const level = (who: { accessToken: string }) =>
    ask(node, who, "PUT", `/api/notifications/rooms/${socket.roomId}`, { level: "all" });
  await refusal(await level(boo), 403, "FORBIDDEN");
  expect([403, 404]).toContain((await level(cleo)).status);
  await socket.close();
});
