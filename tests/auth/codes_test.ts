import { expect } from "expect";
import { removeStale } from "../../lib/auth/stale.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { codeTo, messagesTo, messageTo } from "./sent.ts";
import { dataOf, refusal, Visitor } from "../support/visitor.ts";
import { freshEmail, freshNumber, member, PASSWORD, signedIn, unique } from "./people.ts";

const clock = movableClock();
const parley = parleyForFile({ clock });
const MINUTE = 60_000;

/** Registers as far as the code. */
async function asked(email = freshEmail()): Promise<{ email: string; code: string; visitor: Visitor }> {
  const { node } = parley();
  const visitor = new Visitor(node);
  const body = { email, username: `ada_${unique()}`, password: PASSWORD };
  await dataOf(await visitor.post("/api/auth/register", body));
  return { email, code: await codeTo(node, email), visitor };
}

function verify(target: string, code: string, purpose = "register", more = {}): Promise<Response> {
  return new Visitor(parley().node).post("/api/auth/verifyOTP", { purpose, target, code, ...more });
}

/** Another code than this one. */
function wrong(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, "0");
}

Deno.test("a code is refused in the same words when it is wrong, old, used, unknown, or for something else", async () => {
  const answers: unknown[] = [];
  const refused = async (response: Response) => {
    answers.push(await refusal(response, 400, "INVALID_CODE"));
  };
  const first = await asked();
  await refused(await verify(first.email, wrong(first.code)));
  await refused(await verify(first.email, first.code, "reset", { newPassword: PASSWORD }));
  await refused(await verify(first.email, first.code, "contact"));
  await refused(await verify(freshEmail(), first.code));
  await refused(await verify(freshNumber(), first.code, "signup", { password: PASSWORD }));
  await dataOf(await verify(first.email, first.code));
  await refused(await verify(first.email, first.code));
  const second = await asked();
  clock.advance(10 * MINUTE + 1000);
  await refused(await verify(second.email, second.code));
  expect(answers.every((answer) => JSON.stringify(answer) === JSON.stringify(answers[0]))).toBe(true);
});

Deno.test("a code may come with spaces", async () => {
  const { email, code } = await asked();
  await dataOf(await verify(email, `${code.slice(0, 3)} ${code.slice(3)}`));
});

Deno.test("a code is void after five wrong tries", async () => {
  const { email, code } = await asked();
  for (let index = 0; index < 5; index++) {
    await refusal(await verify(email, wrong(code)), 400, "INVALID_CODE");
  }
  await refusal(await verify(email, code), 400, "INVALID_CODE");
});

Deno.test("a code opens one account when it comes twice at the same moment", async () => {
  const { email, code } = await asked();
  const answers = await Promise.all([1, 2, 3].map(() => verify(email, code)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  for (const answer of answers) await answer.body?.cancel();
});

Deno.test("a newer code voids the older one", async () => {
  const { node } = parley();
  const { email, code, visitor } = await asked();
  const resent = await visitor.post("/api/auth/resendOTP", { purpose: "register", target: email });
  expect(await dataOf(resent)).toEqual({ status: "sent" });
  const next = await codeTo(node, email, 2);
  if (next !== code) await refusal(await verify(email, code), 400, "INVALID_CODE");
  await dataOf(await verify(email, next));
});

Deno.test("asking again for what nobody asked for is answered alike, and sends nothing", async () => {
  const [email, phone] = [freshEmail(), freshNumber()];
  for (const [purpose, target] of [["register", email], ["signup", phone], ["contact", email]]) {
    const answer = await new Visitor(parley().node).post("/api/auth/resendOTP", { purpose, target });
    expect(await dataOf(answer)).toEqual({ status: "sent" });
  }
  expect(await messagesTo(parley().node, email)).toEqual([]);
  expect(await messagesTo(parley().node, phone)).toEqual([]);
});

Deno.test("a check or a request is refused when a field is wrong", async () => {
  const { node } = parley();
  const email = freshEmail();
  const check = { purpose: "register", target: email, code: "123456" };
  const cases: [path: string, field: string, body: Record<string, unknown>][] = [
    ["verifyOTP", "purpose", { ...check, purpose: "fun" }],
    ["verifyOTP", "target", { ...check, target: "nobody" }],
    ["verifyOTP", "target", { ...check, target: "@" }],
    ["verifyOTP", "code", { ...check, code: "12345" }],
    ["verifyOTP", "code", { ...check, code: undefined }],
    ["verifyOTP", "newPassword", { ...check, purpose: "reset" }],
    ["verifyOTP", "newPassword", { ...check, purpose: "reset", newPassword: "password123" }],
    ["resendOTP", "purpose", { purpose: "fun", target: email }],
    ["resendOTP", "target", { purpose: "register", target: "12" }],
    ["forgetPassword", "email", {}],
    ["forgetPassword", "email", { email, phoneNumber: freshNumber() }],
    ["forgetPassword", "phoneNumber", { phoneNumber: "12" }],
  ];
  for (const [path, field, body] of cases) {
    const error = await refusal(
      await new Visitor(node).post(`/api/auth/${path}`, body),
      400,
      "VALIDATION_FAILED",
    );
    expect([path, ...Object.keys(error.fields!)]).toEqual([path, field]);
  }
});

Deno.test("another address takes effect with its code, and the old one hears of it", async () => {
  const { node } = parley();
  const ada = await member(node);
  const email = freshEmail();
  const body = { email, currentPassword: PASSWORD };
  expect(await dataOf(await ada.post("/api/auth/contact", body))).toEqual({ status: "sent" });
  const code = await codeTo(node, email);
  expect(await dataOf(await verify(email, code, "contact"))).toEqual({ status: "contact_confirmed" });
  await signedIn(node, { email });
  expect((await messageTo(node, ada.email, 2)).subject).toBe("Your Parley account has a new e-mail address");
  const old = await new Visitor(node).post("/api/auth/signin", { email: ada.email, password: PASSWORD });
  await refusal(old, 401, "INVALID_CREDENTIALS");
});

Deno.test("another contact is refused without the password, and to guests and strangers", async () => {
  const { node } = parley();
  const ada = await member(node);
  const body = { phoneNumber: freshNumber(), currentPassword: "not the password" };
  await refusal(await ada.post("/api/auth/contact", body), 401, "INVALID_CREDENTIALS");
  await refusal(await new Visitor(node).post("/api/auth/contact", body), 401, "UNAUTHENTICATED");
});

Deno.test("used and expired codes and sessions that are over are removed, and nothing else is", async () => {
  const { sql } = parley().database;
  const used = await asked();
  await dataOf(await verify(used.email, used.code));
  const live = await asked();
  await sql`update one_time_codes set expires_at = expires_at + interval '1 day' where used_at is null`;
  await sql`insert into one_time_codes (id, purpose, target_index, code_hash, expires_at)
    values (gen_random_uuid(), 'reset', '\\x01', '\\x02', now() - interval '1 hour')`;
  await sql`update sessions set revoked_at = now() - interval '2 days'
    where id = (select id from sessions order by created_at limit 1)`;
  const removed = await removeStale(sql);
  expect(removed.codes).toBeGreaterThanOrEqual(2);
  expect(removed.sessions).toBe(1);
  await dataOf(await verify(live.email, live.code));
});
