import { expect } from "expect";
import type { Sql } from "../../db/client.ts";
import { createVault } from "../../lib/vault/create.ts";
import { rotateKeys, SEALED_COLUMNS } from "../../lib/vault/rotation.ts";
import { type Vault, VaultError } from "../../lib/vault/vault.ts";
import { testDatabase } from "../support/database.ts";
import { randomSecret, randomSecrets } from "../support/secrets.ts";

const PHONE = (row: string) => ({ table: "users", column: "phone_sealed", row });
const NUMBER = (row: string) => `+1202555${row.padStart(4, "0")}`;

async function people(sql: Sql, vault: Vault, count: number): Promise<void> {
  const rows = await sql<{ id: string }[]>`
    insert into users (tier, name, age_category)
    select 'member', 'Person ' || n, '_18PLUS' from generate_series(1, ${count}) n returning id`;
  const sealed = await Promise.all(rows.map(({ id }) => vault.seal(PHONE(id), NUMBER(id))));
  await sql`
    update users u set phone_sealed = decode(s.sealed, 'hex')
    from unnest(${rows.map(({ id }) => id)}::bigint[], ${
    sealed.map((bytes) => bytes.toHex())
  }::text[]) s (id, sealed) where u.id = s.id`;
}

async function keysIn(sql: Sql, vault: Vault): Promise<Map<string, number>> {
  const keys = new Map<string, number>();
  for (const { sealed } of await sql<{ sealed: Uint8Array }[]>`select phone_sealed as sealed from users`) {
    const id = vault.keyIdOf(sealed);
    keys.set(id, (keys.get(id) ?? 0) + 1);
  }
  return keys;
}

Deno.test("every sealed column of the schema is one that rotation knows", async () => {
  const { sql, drop } = await testDatabase();
  try {
    const rows = await sql<{ name: string }[]>`
      select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and column_name like '%sealed' order by 1`;
    const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(rows.map(({ name }) => name)).toEqual(known.toSorted());
  } finally {
    await drop();
  }
});

Deno.test("all values are under the new keys and open without the old ones when rotation is done", async () => {
  const { sql, drop } = await testDatabase();
  try {
    const old = randomSecrets();
    const before = await createVault(old);
    await people(sql, before, 450);
    const [jobId, codeId] = [crypto.randomUUID(), crypto.randomUUID()];
    const job = { table: "jobs", column: "payload_sealed", row: jobId };
    const code = { table: "one_time_codes", column: "payload_sealed", row: codeId };
    const totp = { table: "users", column: "totp_sealed", row: "1" };
    await sql`insert into jobs (id, kind, payload_sealed) values (${jobId}, 'send-mail', ${await before.seal(
      job,
      "a mail",
    )})`;
    await sql`insert into jobs (id, kind, payload_sealed, state) values (${crypto.randomUUID()}, 'send-mail', '', 'done')`;
    await sql`
      insert into one_time_codes (id, purpose, target_index, code_hash, payload_sealed, expires_at)
      values (${codeId}, 'signup', '', '', ${await before.seal(code, "a code")}, now())`;
    await sql`update users set totp_sealed = ${await before.seal(totp, "a secret")} where id = 1`;

    const renewed = randomSecrets({ phone: randomSecret(), index: old.index });
    const steps: string[] = [];
    const during = await createVault({ ...renewed, old: [old.current] });
    const count = await rotateKeys(sql, during, ({ column, done, total }) => {
      steps.push(`${column.table}.${column.column} ${done}/${total}`);
    });
    expect(count).toBe(453);
    expect(steps).toContain("users.phone_sealed 200/450");
    expect(steps).toContain("jobs.payload_sealed 1/1");

    const after = await createVault(renewed);
    for (const { id, phone_sealed } of await sql`select id, phone_sealed from users`) {
      expect(await after.open(PHONE(id), phone_sealed)).toBe(NUMBER(id));
    }
    const [row] = await sql`
      select j.payload_sealed as job, c.payload_sealed as code, u.totp_sealed as totp
      from jobs j, one_time_codes c, users u where j.id = ${jobId} and u.id = 1`;
    expect(await after.open(job, row!.job)).toBe("a mail");
    expect(await after.open(code, row!.code)).toBe("a code");
    expect(await after.open(totp, row!.totp)).toBe("a secret");
    expect(await rotateKeys(sql, after)).toBe(0);
  } finally {
    await drop();
  }
});

Deno.test("rotation stops at a value whose key is not in the ring, and loses nothing", async () => {
  const { sql, drop } = await testDatabase();
  try {
    const lost = await createVault(randomSecrets());
    await people(sql, lost, 3);
    await expect(rotateKeys(sql, await createVault(randomSecrets()))).rejects.toThrow(VaultError);
    expect(await keysIn(sql, lost)).toEqual(new Map([[lost.keyIdFor(PHONE("1")), 3]]));
  } finally {
    await drop();
  }
});

Deno.test("the task goes on where it was when it is killed and begun again", async () => {
  const { sql, url, drop } = await testDatabase();
  const dataDir = await Deno.makeTempDir({ prefix: "parley-test-" });
  try {
    const [old, current, index] = [randomSecret(), randomSecret(), randomSecret()];
    const before = await createVault({ current: old, old: [], index });
    await people(sql, before, 3_000);
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "tools/rotate_keys.ts"],
      env: {
        DATABASE_URL: url,
        DATA_DIR: dataDir,
        ENCRYPTION_KEY: current,
        ENCRYPTION_KEYS_OLD: old,
        INDEX_KEY: index,
      },
      stdout: "piped",
      stderr: "piped",
    });
    const killed = command.spawn();
    const told = new TextDecoderStream();
    killed.stderr.pipeTo(told.writable as WritableStream<Uint8Array>).catch(() => {});
    for await (const text of told.readable) if (/ [1-9]\d* of 3000/.test(text)) break;
    killed.kill("SIGKILL");
    await killed.stdout.cancel();
    await killed.status;

    const between = await keysIn(sql, before);
    const oldId = before.keyIdFor(PHONE("1"));
    expect(between.size).toBe(2);
    const left = between.get(oldId)!;

    const { success, stdout, stderr } = await command.output();
    expect({ success, stderr: new TextDecoder().decode(stderr) }).toMatchObject({ success: true });
    expect(new TextDecoder().decode(stderr)).toContain(
      `[##############################] 100 %  users.phone_sealed  ${left} of ${left}`,
    );
    expect(new TextDecoder().decode(stdout)).toBe(`Sealed ${left} values anew.\n`);
    const after = await createVault({ current, old: [], index });
    expect(await keysIn(sql, after)).toEqual(new Map([[after.keyIdFor(PHONE("1")), 3_000]]));
  } finally {
    await drop();
    await Deno.remove(dataDir, { recursive: true });
  }
});
