/** Places, when many want them at once, and when somebody was away. */
import { expect } from "expect";
import type { Node } from "../support/node.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { dataOf, refusal } from "../support/visitor.ts";
import { before, until } from "../support/wait.ts";
import {
  ask,
  connectGhost,
  type Ghost,
  ghost,
  ghostRoom,
  type GhostSocket,
  idOf,
  lastSeen,
  look,
  post,
} from "./people.ts";
import { tryJoin } from "./people.ts";

const parley = parleyForFile({ nodes: 2 });
const here = () => parley().node;
const CROWD = 200;
const PLACES = 50;

interface Outcome {
  node: Node;
  joined?: Ghost;
  code?: string;
}

async function race(token: string, names: string[]): Promise<Outcome[]> {
  return await Promise.all(names.map(async (name, index) => {
    const node = parley().nodes[index % 2]!;
    const { success, data, error } = await (await tryJoin(node, token, name)).json();
    return success
      ? { node, joined: { ...data, accessToken: data.sessionToken } }
      : { node, code: error.code };
  }));
}

async function placesIn(token: string): Promise<number> {
  const [row] = await parley().database.sql`
    select count(*)::int as places from memberships
    where room_id = ${await idOf(here(), token)} and last_seen_at > clock_timestamp() - interval '30 s'`;
  return row!.places;
}

Deno.test("exactly 50 of 200 get in when all come at once on two isolates, and one more when one has left", async () => {
  const { token } = await ghostRoom(here(), { capacity: PLACES });
  const names = Array.from({ length: CROWD }, (_, index) => `Racer ${index}`);
  const outcomes = await race(token, names);
  const inside = outcomes.filter(({ joined }) => joined);
  expect(inside).toHaveLength(PLACES);
  expect(outcomes.filter(({ code }) => code === "ROOM_FULL")).toHaveLength(CROWD - PLACES);
  expect(await placesIn(token)).toBe(PLACES);
  expect((await look(here(), token)).participantCount).toBe(PLACES);

  const sockets: GhostSocket[] = await Promise.all(
    inside.map(({ node, joined }) => connectGhost(node, joined!)),
  );
  const watcher = sockets[0]!;
  await until(
    "fifty in the room",
    async () => (await here().services.realtime.people(watcher.roomId)).online === PLACES,
  );
  expect(await placesIn(token)).toBe(PLACES);

  const leaver = inside.at(-1)!.joined!;
  await dataOf(await post(here(), `/api/rooms/${token}/leave`, {}, leaver.sessionToken));
  const again = await race(token, names.slice(0, CROWD).map((name) => `Again ${name}`));
  expect(again.filter(({ joined }) => joined)).toHaveLength(1);
  expect(again.filter(({ code }) => code === "ROOM_FULL")).toHaveLength(CROWD - 1);
  expect(await placesIn(token)).toBe(PLACES);
  console.log(`${PLACES} of ${CROWD} in, ${CROWD - PLACES} told ROOM_FULL; after one left, 1 of ${CROWD} in`);
  for (const socket of sockets.slice(0, -1)) await socket.close();
});

Deno.test("exactly as many come back as there is room for when all were away and others came", async () => {
  const { token } = await ghostRoom(here(), { capacity: 10 });
  const first = (await race(token, Array.from({ length: 10 }, (_, index) => `First ${index}`)))
    .map(({ joined }) => joined!);
  for (const { nickname } of first) await lastSeen(here(), nickname, 31);
  const second = await race(token, Array.from({ length: 4 }, (_, index) => `Second ${index}`));
  expect(second.filter(({ joined }) => joined)).toHaveLength(4);
  const back = await Promise.all(first.map(async ({ sessionToken }, index) => {
    const response = await ask(parley().nodes[index % 2]!, `/api/messages/${token}`, {
      bearer: sessionToken,
    });
    const { success, error } = await response.json();
    return success ? "in" : error.code;
  }));
  expect(back.filter((code) => code === "in")).toHaveLength(6);
  expect(back.filter((code) => code === "ROOM_FULL")).toHaveLength(4);
  expect(await placesIn(token)).toBe(10);
});

Deno.test("a place is kept for 30 s after a socket is gone, and taken again afterwards when there is one", async () => {
  const { token } = await ghostRoom(here(), { capacity: 2 });
  const [ann, ben] = [await ghost(here(), token, "Ann"), await ghost(here(), token, "Ben")];
  const held = await connectGhost(here(), ben);
  const socket = await connectGhost(here(), ann);
  await socket.close();
  await lastSeen(here(), "Ann", 29);
  await refusal(await tryJoin(here(), token, "Cleo"), 403, "ROOM_FULL");
  await (await connectGhost(here(), ann)).close();
  await lastSeen(here(), "Ann", 31);
  await (await connectGhost(here(), ann)).close();
  await lastSeen(here(), "Ann", 31);
  await ghost(here(), token, "Cleo");
  const late = await connect(here(), ann);
  const refused = await late.refused({ type: "join_room", roomToken: token });
  expect(refused.code).toBe("ROOM_FULL");
  await late.close();
  await held.close();
});

Deno.test("whoever is connected keeps their place without doing anything", async () => {
  const { token } = await ghostRoom(here(), { capacity: 2 });
  const socket = await connectGhost(here(), await ghost(here(), token, "Quiet"));
  await lastSeen(here(), "Quiet", 12);
  await until("the place kept", async () => {
    const [row] = await parley().database.sql`
      select m.last_seen_at > clock_timestamp() - interval '11 s' as kept
      from memberships m join users u on u.id = m.user_id where u.name = 'Quiet'`;
    return row!.kept;
  }, 15_000);
  await socket.close();
});

Deno.test("a connected ghost whose place was given away while the database was out of reach goes", async () => {
  const { token } = await ghostRoom(here(), { capacity: 2 });
  const socket = await connectGhost(here(), await ghost(here(), token, "Lost"));
  const lucky = await connectGhost(here(), await ghost(here(), token, "Lucky"));
  await lastSeen(here(), "Lost", 31);
  await ghost(here(), token, "Newcomer");
  const left = await socket.take("room_left", () => true, 15_000);
  expect(left.reason).toMatch(/full/);
  expect(await placesIn(token)).toBe(2);
  const { seq } = await lucky.say(lucky.roomId, "Just us");
  await lucky.take("new_message", (event) => event.seq === seq);
  expect(socket.log(socket.roomId)).toEqual([]);
  await socket.close();
  await lucky.close();
});

Deno.test("a connected ghost whose place nobody took has it again", async () => {
  const { token } = await ghostRoom(here(), { capacity: 2 });
  const socket = await connectGhost(here(), await ghost(here(), token, "Back"));
  await lastSeen(here(), "Back", 31);
  await until("the place again", async () => (await placesIn(token)) === 1, 15_000);
  const { seq } = await socket.say(socket.roomId, "Still here");
  await before(socket.take("new_message", (event) => event.seq === seq), "my own words");
  expect(socket.events.filter(({ type }) => type === "room_left")).toEqual([]);
  await socket.close();
});
