import { expect } from "expect";
import { parleyForFile, startParley } from "../support/node.ts";
import { dataOf, refusal } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { ask, connectGhost, ghost, ghostRoom, idOf, post, tryJoin } from "./people.ts";

const parley = parleyForFile({ nodes: 2 });
const here = () => parley().node;
const REASON = "The one who opened this room has closed it.";

const close = (token: string, body: unknown, place = here()) =>
  post(place, `/api/rooms/${token}/close`, body);

Deno.test("a room is closed for everybody at once when the one who made it says so, on both isolates", async () => {
  const { token, ownerKey } = await ghostRoom(here());
  const [first, second] = parley().nodes;
  const ann = await ghost(first!, token, "Ann");
  const sockets = [
    await connectGhost(first!, ann),
    await connectGhost(second!, await ghost(second!, token, "Ben")),
  ];
  const response = await close(token, { ownerKey });
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await dataOf(response)).toBe(null);
  for (const socket of sockets) {
    expect(await socket.take("room_closed", () => true, 2_000)).toMatchObject({ reason: REASON });
  }
  const said = await sockets[0]!.refused({
    ...{ type: "send_message", roomId: sockets[0]!.roomId, clientId: "late", body: "Anybody?" },
  });
  expect(said.code).toBe("ROOM_INACTIVE");
  for (const path of ["", "/validate"]) {
    const { message } = await refusal(await ask(here(), `/api/rooms/${token}${path}`), 410, "ROOM_INACTIVE");
    expect(message).toBe(REASON);
  }
  await refusal(await tryJoin(second!, token, "Cleo"), 410, "ROOM_INACTIVE");
  await refusal(
    await ask(here(), `/api/messages/${token}`, { bearer: ann.sessionToken }),
    410,
    "ROOM_INACTIVE",
  );
  for (const socket of sockets) await socket.close();
});

Deno.test("all that a closed room held is gone within seconds, and late visitors are told why", async () => {
  const { token, ownerKey } = await ghostRoom(here());
  const ann = await ghost(here(), token, "Ann");
  const socket = await connectGhost(here(), ann);
  await socket.say(socket.roomId, "Not for long");
  await dataOf(await close(token, { ownerKey }));
  const { sql } = parley().database;
  await until("an empty room", async () => {
    const [left] = await sql`
      select (select count(*) from messages where room_id = ${socket.roomId})
        + (select count(*) from users where home_room = ${socket.roomId}) as rows`;
    return Number(left!.rows) === 0;
  });
  await until("its removal", async () =>
    (await sql`
    select 1 from rooms where id = ${socket.roomId} and owner_key_hash is null`).length === 1);
  const { message } = await refusal(await ask(here(), `/api/rooms/${token}`), 410, "ROOM_INACTIVE");
  expect(message).toBe(REASON);
  const bearer = ann.sessionToken;
  await refusal(await ask(here(), `/api/messages/${token}`, { bearer }), 410, "ROOM_INACTIVE");
  await socket.close();
});

Deno.test("closing again changes nothing more", async () => {
  const { token, ownerKey } = await ghostRoom(here());
  await dataOf(await close(token, { ownerKey }));
  await refusal(await close(token, { ownerKey }), 410, "ROOM_INACTIVE");
  const [row] = await parley().database.sql`
    select count(*)::int as jobs from jobs where kind = 'purge-room' and run_at < now() + interval '1 minute'
      and state <> 'done' and created_at > now() - interval '1 minute'`;
  expect(row!.jobs).toBeLessThanOrEqual(2);
});

Deno.test("one of many who close at once does it", async () => {
  const { token, ownerKey } = await ghostRoom(here());
  const tries = Array.from(
    { length: 8 },
    (_, index) => close(token, { ownerKey }, parley().nodes[index % 2]),
  );
  const statuses = await Promise.all((await Promise.all(tries)).map(async (response) => {
    await response.body?.cancel();
    return response.status;
  }));
  expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 410)]);
});

Deno.test("a room stays open when the key is another room's, or none", async () => {
  const [{ token }, other] = [await ghostRoom(here()), await ghostRoom(here())];
  for (const ownerKey of [other.ownerKey, token, "x".repeat(43), "key"]) {
    await refusal(await close(token, { ownerKey }), 403, "FORBIDDEN");
  }
  for (const body of [{}, { ownerKey: "" }, { ownerKey: 7 }, { ownerKey: "x".repeat(101) }]) {
    const { fields } = await refusal(await close(token, body), 400, "VALIDATION_FAILED");
    expect(Object.keys(fields!)).toEqual(["ownerKey"]);
  }
  await ghost(here(), token, "Still here");
  expect(await idOf(here(), token)).toMatch(/^\d+$/);
});

Deno.test("keys cannot be tried without end", async () => {
  await using limited = await startParley({ env: { LIMITS_FACTOR: "1" } });
  const { token } = await ghostRoom(limited.node);
  for (let tries = 0; tries < 20; tries++) {
    await refusal(await close(token, { ownerKey: `wrong ${tries}` }, limited.node), 403, "FORBIDDEN");
  }
  await refusal(await close(token, { ownerKey: "wrong" }, limited.node), 429, "RATE_LIMIT_EXCEEDED");
});
