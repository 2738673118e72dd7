import { expect } from "expect";
import { Secret, TOTP } from "otpauth";
import { hasTotp, verifyTotp } from "../../lib/auth/totp.ts";
import { type Member, member } from "../support/member.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal, Visitor } from "../support/visitor.ts";

const clock = movableClock();
const parley = parleyForFile({ clock });
const PASSWORD = "seven quiet lanterns";
const STEP = 30_000;

interface Setup {
  secret: string;
  uri: string;
  qr: string;
}

const begin = async (who: Visitor) => await dataOf<Setup>(await who.post("/api/auth/totp"));
/** What the owner's app shows `ahead` steps from now. */
const codeAt = (secret: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock() + ahead * STEP });
const confirm = (who: Visitor, code: string) => who.post("/api/auth/totp/confirm", { code });
const turnOff = async (who: Visitor, proof: Record<string, string>) =>
  await who.fetch("/api/auth/totp", {
    method: "DELETE",
    headers: { "content-type": "application/json", "x-csrf-token": await who.csrf() },
    body: JSON.stringify(proof),
  });

/** A member whose app has been tied, a moment ago. */
async function withTotp(): Promise<{ owner: Member; secret: string; recoveryCodes: string[] }> {
  const owner = await member(parley().node, { password: PASSWORD });
  const { secret } = await begin(owner);
  const { recoveryCodes } = await dataOf<{ recoveryCodes: string[] }>(await confirm(owner, codeAt(secret)));
  clock.advance(2 * STEP);
  return { owner, secret, recoveryCodes };
}

Deno.test("the second factor is on once a code has come back, and not before", async () => {
  const { services } = parley().node;
  const owner = await member(parley().node);
  const { secret, uri, qr } = await begin(owner);
  expect(uri).toContain(`otpauth://totp/Parley:${owner.user.username}`);
  expect(uri).toContain(`secret=${secret}`);
  expect(qr).toMatch(/^<svg/);
  expect(await hasTotp(services, owner.user.id)).toBe(false);
  expect(await verifyTotp(services, owner.user.id, codeAt(secret))).toBe(false);

  await refusal(await confirm(owner, codeAt(secret, 5)), 401, "SECOND_FACTOR_FAILED");
  expect(await hasTotp(services, owner.user.id)).toBe(false);

  const { recoveryCodes } = await dataOf<{ recoveryCodes: string[] }>(await confirm(owner, codeAt(secret)));
  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await hasTotp(services, owner.user.id)).toBe(true);
  const state = await dataOf(await owner.fetch("/api/auth/totp"));
  expect(state).toEqual({ enabled: true, recoveryCodesLeft: 10 });
});

Deno.test("a second proposal replaces the first", async () => {
  const owner = await member(parley().node);
  const first = await begin(owner);
  const second = await begin(owner);
  await refusal(await confirm(owner, codeAt(first.secret)), 401, "SECOND_FACTOR_FAILED");
  await dataOf(await confirm(owner, codeAt(second.secret)));
  await refusal(await owner.post("/api/auth/totp"), 403, "FORBIDDEN");
});

Deno.test("the code that turned it on is used up", async () => {
  const { services } = parley().node;
  const owner = await member(parley().node);
  const { secret } = await begin(owner);
  const code = codeAt(secret);
  await dataOf(await confirm(owner, code));
  expect(await verifyTotp(services, owner.user.id, code)).toBe(false);
});

Deno.test("a code is good once, also for two who send it at the same moment", async () => {
  const { services } = parley().node;
  const { owner, secret } = await withTotp();
  const code = codeAt(secret);
  const answers = await Promise.all([1, 2, 3].map(() => verifyTotp(services, owner.user.id, code)));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await verifyTotp(services, owner.user.id, code)).toBe(false);
  clock.advance(STEP);
  expect(await verifyTotp(services, owner.user.id, codeAt(secret))).toBe(true);
});

Deno.test("a code is taken from a clock one step off, not from one two steps off", async () => {
  const { services } = parley().node;
  const { owner, secret } = await withTotp();
  expect(await verifyTotp(services, owner.user.id, codeAt(secret, -2))).toBe(false);
  expect(await verifyTotp(services, owner.user.id, codeAt(secret, 2))).toBe(false);
  expect(await verifyTotp(services, owner.user.id, codeAt(secret, -1))).toBe(true);
  expect(await verifyTotp(services, owner.user.id, codeAt(secret, 1))).toBe(true);
  // Older than one that was used.
  expect(await verifyTotp(services, owner.user.id, codeAt(secret))).toBe(false);
});

Deno.test("what is no code is refused, and so is another person's", async () => {
  const { services } = parley().node;
  const { owner, secret } = await withTotp();
  const other = await withTotp();
  for (const wrong of ["", "12345", "1234567", "abcdef", "٠١٢٣٤٥"]) {
    expect(await verifyTotp(services, owner.user.id, wrong)).toBe(false);
  }
  expect(await verifyTotp(services, other.owner.user.id, codeAt(secret))).toBe(false);
  const spaced = codeAt(secret).replace(/^(...)/, "$1 ");
  expect(await verifyTotp(services, owner.user.id, spaced)).toBe(true);
});

Deno.test("the secret is not in the database, and does not open for another account", async () => {
  const { services } = parley().node;
  const { owner, secret } = await withTotp();
  const other = await withTotp();
  const [row] = await services.sql`select u::text as all from users u where id = ${owner.user.id}`;
  expect(row!.all).not.toContain(secret);
  await services.sql`
    update users set totp_sealed = (select totp_sealed from users where id = ${other.owner.user.id})
    where id = ${owner.user.id}`;
  await expect(verifyTotp(services, owner.user.id, codeAt(other.secret))).rejects.toThrow();
});

Deno.test("it is turned off by a code, a recovery code or the password, and by nothing less", async () => {
  const { owner, secret, recoveryCodes } = await withTotp();
  const wrong = await refusal(await turnOff(owner, { password: "not this one" }), 401, "INVALID_CREDENTIALS");
  expect(wrong.fields).toHaveProperty("password");
  const bad = await refusal(await turnOff(owner, { code: codeAt(secret, 7) }), 401, "SECOND_FACTOR_FAILED");
  expect(bad.fields).toHaveProperty("code");
  await refusal(await turnOff(owner, {}), 400, "VALIDATION_FAILED");
  await dataOf(await turnOff(owner, { code: codeAt(secret) }));
  expect(await hasTotp(parley().node.services, owner.user.id)).toBe(false);

  // With the factor, its recovery codes are gone too.
  const again = await begin(owner);
  await dataOf(await confirm(owner, codeAt(again.secret)));
  await refusal(await turnOff(owner, { code: recoveryCodes[0]! }), 401, "SECOND_FACTOR_FAILED");
  await dataOf(await turnOff(owner, { password: PASSWORD }));

  const third = await withTotp();
  await dataOf(await turnOff(third.owner, { code: third.recoveryCodes[0]! }));
});

Deno.test("turning it on and off is written down", async () => {
  const { owner, secret } = await withTotp();
  await dataOf(await turnOff(owner, { code: codeAt(secret) }));
  const rows = await parley().node.services.sql<{ action: string }[]>`
    select action from audit_log where subject_id = ${owner.user.id} order by id`;
  expect(rows.map(({ action }) => action)).toEqual(["second-factor.enabled", "second-factor.disabled"]);
});

Deno.test("guests, strangers and other sites cannot set it up", async () => {
  const { node } = parley();
  const passing = await guest(node);
  await passing.csrf();
  await refusal(await passing.post("/api/auth/totp"), 403, "FORBIDDEN");
  await refusal(await new Visitor(node).post("/api/auth/totp"), 401, "UNAUTHENTICATED");
  const owner = await member(node);
  await refusal(await owner.post("/api/auth/totp", {}, { "x-csrf-token": "forged" }), 403, "CSRF_FAILED");
  await refusal(
    await owner.post("/api/auth/totp", {}, { origin: "https://evil.example" }),
    403,
    "ORIGIN_NOT_ALLOWED",
  );
  await refusal(await confirm(owner, "twelve"), 400, "VALIDATION_FAILED");
});

Deno.test("codes cannot be tried out", async () => {
  const node = await parley().join({ env: { LIMITS_FACTOR: "1" } });
  const owner = await member(node);
  await begin(owner);
  for (let tries = 0; tries < 5; tries++) {
    await refusal(await confirm(owner, "000000"), 401, "SECOND_FACTOR_FAILED");
  }
  const { retryAfter } = await refusal(await confirm(owner, "000000"), 429, "RATE_LIMIT_EXCEEDED");
  expect(retryAfter).toBeGreaterThan(0);
});
