import { expect } from "expect";
import { audit } from "../../lib/audit/audit.ts";
import { ERASED_NAME } from "../../lib/profile/erase.ts";
import type { ExportView } from "../../lib/profile/data_requests.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { type Member, member } from "../support/member.ts";
import { movableClock, type Node, parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { dataOf, guest, refusal, roomOf, Visitor } from "../support/visitor.ts";
import { before, until } from "../support/wait.ts";
import { unzip } from "../support/unzip.ts";

const PASSWORD = "a lantern in the reeds";
const NUMBER = "+12025550147";
const DAY = 24 * 60 * 60_000;

const clock = movableClock();
const parley = parleyForFile({ clock });

/** Somebody of whom everything is kept that can be. */
async function somebody(node: Node, username: string): Promise<Member> {
  const { sql, vault, storage } = node.services;
  const who = await member(node, {
    username,
    name: `${username} the Heron`,
    birthYear: 1990,
    password: PASSWORD,
  });
  const id = who.user.id;
  const other = await guest(node);
  const phone = await vault.seal({ table: "users", column: "phone_sealed", row: id }, NUMBER);
  const avatar = username.padEnd(22, "0");
  for (const size of [64, 256]) {
    await storage.put(`avatars/${avatar}-${size}.webp`, new Uint8Array([1, 2]), "image/webp");
  }
  await sql`
    update users set phone_sealed = ${phone}, phone_index = ${
    new TextEncoder().encode(username)
  }, avatar = ${avatar},
      bio = 'Likes marshes', totp_sealed = 'x', totp_confirmed_at = now() where id = ${id}`;
  await sql`insert into recovery_codes (user_id, code_hash) values (${id}, 'x')`;
  await sql`insert into passkeys (id, user_id, public_key, counter, name) values (${username}, ${id}, 'x', 0, 'Laptop')`;
  await sql`insert into blocks (user_id, blocked_id) values (${id}, ${other.user.id}), (${other.user.id}, ${id})`;
  await audit(sql, { action: "account.created", actorId: id, subjectId: id });
  return who;
}

async function say(node: Node, who: Member, lounge: string, words: string[]): Promise<RoomId> {
  const room = await roomOf(node, lounge);
  for (const body of words) {
    const posting = {
      roomId: room.id,
      author: { id: who.user.id, name: who.user.name },
      kind: "TEXT" as const,
      body,
    };
    await node.services.realtime.post({ ...posting, clientId: crypto.randomUUID() });
  }
  return room.id;
}

const exportsOf = async (who: Visitor) => await dataOf<ExportView[]>(await who.fetch("/api/me/export"));

async function exported(who: Visitor): Promise<ExportView> {
  const { id } = await dataOf<ExportView>(await who.post("/api/me/export"));
  return await until(
    "the export",
    async () => (await exportsOf(who)).find((one) => one.id === id && one.state === "done"),
  );
}

Deno.test("an export holds everything that is kept about its owner", async () => {
  const { node } = parley();
  const zoe = await somebody(node, "zoe");
  const room = await say(node, zoe, "general", ["first words", "second words"]);
  await say(node, zoe, "music", ["a song"]);
  await node.services.sql`select edit_message(${room}, 1, ${zoe.user.id}, 'better words')`;
  const { id, progress, result } = await exported(zoe);
  const response = await zoe.fetch(`/api/me/export/${id}`);
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="parley-[\d-]+\.zip"$/);
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect({ progress, result }).toEqual({ progress: 100, result: { size: bytes.length } });
  const files = unzip(bytes);
  const json = (name: string) => JSON.parse(files.get(name)!);
  expect(json("account.json")).toMatchObject({
    username: "zoe",
    email: "zoe@example.org",
    phoneNumber: NUMBER,
    birthYear: 1990,
  });
  expect(json("sessions.json")).toMatchObject([{ userAgent: "test", address: "127.0.0.1" }]);
  expect(json("passkeys.json")).toMatchObject([{ name: "Laptop" }]);
  expect(json("blocks.json")).toHaveLength(1);
  expect(json("activity.json")).toMatchObject([{ action: "account.created" }]);
  expect(json(`messages/room-${room}.json`)).toMatchObject({
    room: "General / English",
    messages: [{ body: "better words", earlier: ["first words"] }, { body: "second words", earlier: [] }],
  });
  expect([...files.keys()].filter((name) => name.startsWith("messages/"))).toHaveLength(2);
  expect([...files.keys()]).toContain("avatar-256.webp");
  // Hashes and sealed values are nobody's to read, not even their owner's.
  expect([...files.values()].join()).not.toMatch(/passwordHash|Sealed|\$2b\$/);
});

Deno.test("an export is there for its owner only, once it is done, for seven days", async () => {
  const { node } = parley();
  const [yan, eve] = [await somebody(node, "yan"), await member(node)];
  const { id } = await exported(yan);
  await refusal(await eve.fetch(`/api/me/export/${id}`), 404, "NOT_FOUND");
  await refusal(await new Visitor(node).fetch(`/api/me/export/${id}`), 401, "UNAUTHENTICATED");
  expect(await exportsOf(eve)).toEqual([]);
  const file = `${node.config.dataDir}/files/exports/${id}.zip`;
  expect((await Deno.stat(file)).mode! & 0o077).toBe(0);

  const headers = { authorization: `Bearer ${yan.accessToken}` };
  expect((await fetch(`${node.origin}/api/me/export/${id}`, { headers }).then((one) => one.bytes())).length)
    .toBeGreaterThan(0);
  clock.advance(8 * DAY);
  await until("the file's end", () => Deno.stat(file).then(() => false, () => true));
  // The file goes first, so that no file is ever left without the job that knows of it.
  const jobs = () => node.services.sql`select 1 from jobs where id = ${id}`;
  await until("the job's end", async () => (await jobs()).length === 0);
});

Deno.test("guests have nothing to export, and strangers are not asked", async () => {
  const { node } = parley();
  const visitor = await guest(node);
  await visitor.csrf();
  await refusal(await visitor.post("/api/me/export"), 403, "FORBIDDEN");
});

Deno.test("erasing asks for the password", async () => {
  const { node } = parley();
  const who = await member(node, { password: PASSWORD });
  await refusal(await who.post("/api/me/erase", { password: "wrong" }), 401, "INVALID_CREDENTIALS");
  await refusal(await who.post("/api/me/erase", {}), 400, "VALIDATION_FAILED");
  expect(await node.services.sql`select 1 from jobs where kind = 'erase-account'`).toHaveLength(0);
});

Deno.test("nothing of a person is left when their account is erased, and everybody sees their words go", async () => {
  const { node } = parley();
  const { sql } = node.services;
  const ada = await somebody(node, "ada");
  const room = await say(node, ada, "tech", ["ada's own words", "more of ada's words"]);
  const [{ head }] = await sql<[{ head: string }]>`select head_seq as head from rooms where id = ${room}`;
  await sql`select edit_message(${room}, ${Number(head) - 1}, ${ada.user.id}, 'ada''s edited words')`;
  const { id: exportId } = await exported(ada);
  const own = await connect(node, ada);
  const reader = await connect(node, await guest(node));
  await reader.join(room);

  const answer = await dataOf<{ id: string }>(await ada.post("/api/me/erase", { password: PASSWORD }));
  expect(ada.cookies.has("__Host-parley-refresh")).toBe(false);
  await until(
    "the erasure",
    async () => (await sql`select 1 from jobs where id = ${answer.id} and state = 'done'`).length === 1,
  );
  expect((await before(own.closed, "the own socket's end")).code).toBe(4001);
  await reader.take("message_deleted");
  await reader.take("message_deleted");
  await reader.close();

  await until("the index's end", async () => (await sql`select from search_changes`).length === 0);
  const dump: string[] = [];
  for (const { name } of await sql`select tablename as name from pg_tables where schemaname = 'public'`) {
    const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t`;
    dump.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  expect(dump.filter((line) => /\bada\b|the Heron|ada's|Likes marshes/.test(line) && !/zoe|yan/.test(line)))
    .toEqual([]);
  const [user] = await sql`select * from users where id = ${ada.user.id}`;
  expect(user).toMatchObject({
    name: ERASED_NAME,
    email: null,
    username: null,
    phone_sealed: null,
    phone_index: null,
    password_hash: null,
    totp_sealed: null,
    avatar: null,
    birth_year: null,
  });
  for (const table of ["sessions", "passkeys", "recovery_codes", "blocks", "read_pointers"]) {
    expect(await sql`select 1 from ${sql(table)} where user_id = ${ada.user.id}`).toHaveLength(0);
  }
  const entries =
    await sql`select 1 from audit_log where action = 'account.erased' and subject_id = ${ada.user.id}`;
  expect(entries).toHaveLength(1);
  const files = `${node.config.dataDir}/files`;
  for (const name of [`exports/${exportId}.zip`, `avatars/${"ada".padEnd(22, "0")}-256.webp`]) {
    await expect(Deno.stat(`${files}/${name}`)).rejects.toThrow(Deno.errors.NotFound);
  }
});

Deno.test("erasing again changes nothing and is noted once", async () => {
  const { node } = parley();
  const { sql, jobs } = node.services;
  const who = await somebody(node, "ben");
  await say(node, who, "games", ["ben's words"]);
  for (let count = 0; count < 2; count++) {
    const id = await jobs.enqueue("erase-account", { userId: who.user.id });
    await until(
      "the erasure",
      async () => (await sql`select 1 from jobs where id = ${id} and state = 'done'`).length === 1,
    );
  }
  expect(await sql`select 1 from audit_log where action = 'account.erased' and subject_id = ${who.user.id}`)
    .toHaveLength(1);
});
