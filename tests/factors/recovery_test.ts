import { expect } from "expect";
import { createRecoveryCodes, recoveryCodesLeft, useRecoveryCode } from "../../lib/auth/recovery.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";

const parley = parleyForFile();

async function withCodes() {
  const { services } = parley().node;
  const { user: { id } } = await member(parley().node);
  return { services, id, codes: await createRecoveryCodes(services, services.sql, id) };
}

Deno.test("a recovery code is good once, also for two who send it at the same moment", async () => {
  const { services, id, codes } = await withCodes();
  expect(codes).toHaveLength(10);
  const answers = await Promise.all([1, 2, 3].map(() => useRecoveryCode(services, id, codes[0]!)));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await useRecoveryCode(services, id, codes[0]!)).toBe(false);
  expect(await useRecoveryCode(services, id, codes[1]!)).toBe(true);
  expect(await recoveryCodesLeft(services, id)).toBe(8);
});

Deno.test("a recovery code is taken however it was typed", async () => {
  const { services, id, codes } = await withCodes();
  const typed = ` ${codes[0]!.toLowerCase().replace("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `;
  expect(await useRecoveryCode(services, id, typed)).toBe(true);
});

Deno.test("another person's recovery code, or none at all, is refused", async () => {
  const { services, id } = await withCodes();
  const other = await withCodes();
  for (const code of [other.codes[0]!, "", "00000-00000", "short", "'; drop table recovery_codes; --"]) {
    expect(await useRecoveryCode(services, id, code)).toBe(false);
  }
  expect(await recoveryCodesLeft(services, id)).toBe(10);
});

Deno.test("new recovery codes void the old ones", async () => {
  const { services, id, codes } = await withCodes();
  const renewed = await createRecoveryCodes(services, services.sql, id);
  expect(await useRecoveryCode(services, id, codes[0]!)).toBe(false);
  expect(await useRecoveryCode(services, id, renewed[0]!)).toBe(true);
});

Deno.test("the database holds no recovery code", async () => {
  const { services, id, codes } = await withCodes();
  const rows = await services.sql`select c::text as all from recovery_codes c where user_id = ${id}`;
  const dump = rows.map((row) => Uint8Array.fromHex(/\\x([0-9a-f]+)/.exec(row.all)![1]!)).map((bytes) =>
    new TextDecoder().decode(bytes)
  ).join();
  for (const code of codes) expect(dump).not.toContain(code.replace("-", ""));
});
