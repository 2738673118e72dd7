import { expect } from "expect";
import { close, connect } from "../../db/client.ts";
import { migrate, readMigrations, rollback } from "../../db/migrate.ts";
import { testDatabase } from "../support/database.ts";

const tables = async (sql: ReturnType<typeof connect>) =>
  (await sql`select table_name from information_schema.tables where table_schema = 'public' order by 1`)
    .map((row) => row.table_name as string);
const functions = async (sql: ReturnType<typeof connect>) =>
  (await sql`select proname from pg_proc where pronamespace = 'public'::regnamespace`).length;

Deno.test("migrations leave nothing behind when they go down, and go up again", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const before = await tables(sql);
  const all = await readMigrations();
  expect(await migrate(sql)).toEqual([]);
  expect((await rollback(sql, all.length)).at(-1)).toBe("0001_first_light");
  expect(await tables(sql)).toEqual(["schema_migrations"]);
  expect(await functions(sql)).toBe(0);
  expect((await migrate(sql, { to: 1 })).length).toBe(1);
  expect((await migrate(sql)).length).toBe(all.length - 1);
  expect(await tables(sql)).toEqual(before);
});

Deno.test("migrations run once when four isolates start together", async () => {
  await using database = await testDatabase();
  const all = await readMigrations();
  await rollback(database.sql, all.length);
  await database.sql`drop table schema_migrations`;
  const pools = Array.from({ length: 4 }, () => connect(database.url, { max: 1 }));
  const applied = await Promise.all(pools.map((pool) => migrate(pool)));
  expect(applied.flat().length).toBe(all.length);
  expect(applied.filter((names) => names.length === 0).length).toBe(3);
  await Promise.all(pools.map(close));
});

Deno.test("migrate refuses when an applied migration has changed since", async () => {
  await using database = await testDatabase();
  await database.sql`update schema_migrations set checksum = 'of another text' where version = 1`;
  await expect(migrate(database.sql)).rejects.toThrow("0001_first_light.up.sql has changed");
});
