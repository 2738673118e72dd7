import { expect } from "expect";
import type { Sql } from "../../db/client.ts";
import { audit } from "../../lib/audit/audit.ts";
import { verifyAudit } from "../../lib/audit/verify.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import { testDatabase } from "../support/database.ts";

async function withLog(test: (sql: Sql, url: string) => Promise<void>): Promise<void> {
  const { sql, url, drop } = await testDatabase();
  try {
    // Several at once, so that appenders meet.
    await Promise.all(Array.from({ length: 12 }, (_, index) =>
      audit(sql, {
        action: index % 2 ? "password.changed" : "account.created",
        actorId: "7" as UserId,
        subjectId: index % 3 ? "8" as UserId : null,
        detail: { round: index, by: "phone|e-mail" },
      })));
    await test(sql, url);
  } finally {
    await drop();
  }
}

/** As somebody does who owns the database. */
async function tamper(sql: Sql, statement: string): Promise<void> {
  await sql.begin(async (sql) => {
    await sql.unsafe("alter table audit_log disable trigger audit_append_only");
    await sql.unsafe(statement);
    await sql.unsafe("alter table audit_log enable trigger audit_append_only");
  });
}

Deno.test("the chain verifies when nobody has touched it", () =>
  withLog(async (sql) => {
    const verdict = await verifyAudit(sql);
    expect(verdict).toEqual({ entries: 12, head: expect.stringMatching(/^[0-9a-f]{64}$/), sealFound: false });
  }));

Deno.test("the log refuses changes, removals and truncation", () =>
  withLog(async (sql) => {
    for (
      const statement of ["update audit_log set action = 'x'", "delete from audit_log", "truncate audit_log"]
    ) {
      await expect(sql.unsafe(statement)).rejects.toThrow("append-only");
    }
  }));

for (
  const [what, change] of Object.entries({
    action: "action = 'role.granted'",
    actor: "actor_id = 9",
    subject: "subject_id = 9",
    detail: `detail = '{"round": 99}'`,
    time: "at = at + interval '1 second'",
  })
) {
  Deno.test(`the chain breaks at an entry whose ${what} was changed`, () =>
    withLog(async (sql) => {
      await tamper(sql, `update audit_log set ${change} where id = 5`);
      expect(await verifyAudit(sql)).toMatchObject({
        entries: 4,
        broken: { id: "5", why: expect.stringContaining("changed") },
      });
    }));
}

Deno.test("the chain breaks behind an entry that was changed together with its own hash", () =>
  withLog(async (sql) => {
    await tamper(
      sql,
      `update audit_log set action = 'role.granted', hash = sha256(previous_hash || convert_to(concat_ws('|',
        extract(epoch from at)::text, coalesce(actor_id::text, ''), 'role.granted', coalesce(subject_id::text, ''),
        detail::text), 'UTF8')) where id = 5`,
    );
    expect(await verifyAudit(sql)).toMatchObject({ entries: 5, broken: { id: "6" } });
  }));

Deno.test("the chain breaks behind an entry that was removed, the first one too", () =>
  withLog(async (sql) => {
    await tamper(sql, "delete from audit_log where id = 5");
    expect(await verifyAudit(sql)).toMatchObject({
      entries: 4,
      broken: { id: "6", why: expect.stringContaining("missing") },
    });
    await tamper(sql, "delete from audit_log where id = 1");
    expect(await verifyAudit(sql)).toMatchObject({ entries: 0, broken: { id: "2" } });
  }));

Deno.test("an end that was cut off shows when its hash was noted before", () =>
  withLog(async (sql) => {
    const { head } = await verifyAudit(sql);
    expect(await verifyAudit(sql, head!)).toMatchObject({ sealFound: true });
    await tamper(sql, "delete from audit_log where id > 10");
    expect(await verifyAudit(sql, head!)).toMatchObject({ entries: 10, sealFound: false });
  }));

Deno.test("the task says where the chain breaks, and fails", () =>
  withLog(async (sql, url) => {
    const dataDir = await Deno.makeTempDir({ prefix: "parley-test-" });
    const run = async () => {
      const args = ["run", "-A", "tools/verify_audit.ts"];
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args,
        env: { DATABASE_URL: url, DATA_DIR: dataDir },
      }).output();
      return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
    };
    expect(await run()).toMatchObject({ code: 0, text: expect.stringContaining("sound: 12 entries") });
    await tamper(sql, "update audit_log set detail = '{}' where id = 3");
    expect(await run()).toMatchObject({ code: 1, text: expect.stringContaining("broken at entry 3") });
    await Deno.remove(dataDir, { recursive: true });
  }));
