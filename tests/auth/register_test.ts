import { expect } from "expect";
import { parleyForFile } from "../support/node.ts";
import { codeTo, messagesTo, messageTo } from "./sent.ts";
import { dataOf, refusal, Visitor } from "../support/visitor.ts";
import { freshEmail, freshNumber, member, PASSWORD, signedIn, unique } from "./people.ts";

const parley = parleyForFile({ env: { ADMIN_EMAIL: "Boss@Example.org" } });

Deno.test("an account comes to be when its mailed code comes back, and signs in", async () => {
  const { node } = parley();
  const [email, username] = [freshEmail(), `Ada_${unique()}`];
  const visitor = new Visitor(node);
  const asked = await visitor.post("/api/auth/register", {
    email: email.toUpperCase(),
    username,
    password: PASSWORD,
  });
  expect(await dataOf(asked)).toEqual({ status: "verification_required" });
  await refusal(
    await visitor.post("/api/auth/signin", { email, password: PASSWORD }),
    401,
    "INVALID_CREDENTIALS",
  );
  const code = await codeTo(node, email);
  const answer = await visitor.post("/api/auth/verifyOTP", { purpose: "register", target: email, code });
  const { user } = await dataOf<{ accessToken: string; user: unknown }>(answer);
  expect(user).toMatchObject({
    tier: "member",
    username,
    name: username,
    role: "USER",
    ageCategory: "_18PLUS",
  });
  const me = JSON.parse((await visitor.get("/api/auth/me")).text).data.user;
  expect(me).toMatchObject({ username, email, phoneNumber: null, totp: false, bio: "", languages: [] });
  const again = await visitor.post("/api/auth/login", { email, password: PASSWORD }, {
    "x-csrf-token": await visitor.csrf(),
  });
  expect(await dataOf(again)).toMatchObject({ accessToken: expect.any(String), user: { username } });
});

Deno.test("a phone account comes to be when its code comes back with a password", async () => {
  const { node } = parley();
  const phoneNumber = freshNumber();
  const spaced = `${phoneNumber.slice(0, 3)} ${phoneNumber.slice(3, 6)} ${phoneNumber.slice(6)}`;
  const visitor = new Visitor(node);
  const signUp = { phoneNumber: spaced, firstName: "Ada", lastName: "Lovelace", birthYear: 1990 };
  expect(await dataOf(await visitor.post("/api/auth/signup", signUp))).toEqual({
    status: "verification_required",
    userId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  const { text, channel } = await messageTo(node, phoneNumber);
  expect(channel).toBe("sms");
  const code = /\d{6}/.exec(text)![0];
  // Browsers read the last line, and fill in the code for this host only.
  expect(text.split("\n").at(-1)).toBe(`@127.0.0.1 #${code}`);
  const check = { purpose: "signup", target: phoneNumber, code };
  const error = await refusal(await visitor.post("/api/auth/verifyOTP", check), 400, "VALIDATION_FAILED");
  expect(Object.keys(error.fields!)).toEqual(["password"]);
  const verified = await visitor.post("/api/auth/verifyOTP", { ...check, password: PASSWORD });
  expect(await dataOf(verified)).toMatchObject({ user: { name: "Ada Lovelace", tier: "member" } });
  const me = JSON.parse((await visitor.get("/api/auth/me")).text).data.user;
  expect(me).toMatchObject({ phoneNumber, email: null, birthYear: 1990 });
  const signIn = await new Visitor(node).post("/api/auth/signin", {
    phoneNumber: spaced,
    password: PASSWORD,
  });
  expect(await dataOf(signIn)).toMatchObject({ user: { name: "Ada Lovelace" } });
});

Deno.test("registration says which field is wrong, and sends nothing", async (test) => {
  const { node } = parley();
  const good = { email: freshEmail(), username: `ada_${unique()}`, password: PASSWORD };
  const cases: [field: string, change: Record<string, unknown>][] = [
    ["email", { email: "no address" }],
    ["email", { email: undefined }],
    ["email", { email: 7 }],
    ["username", { username: "ab" }],
    ["username", { username: "a".repeat(21) }],
    ["username", { username: "ada lovelace" }],
    ["username", { username: "Admin" }],
    ["username", { username: "12345" }],
    ["password", { password: "short" }],
    ["password", { password: "password123" }],
    ["password", { password: "aaaaaaaaaa" }],
    ["password", { password: "é".repeat(37) }],
    ["password", { password: undefined }],
    ["", { surprise: "field" }],
  ];
  for (const [field, change] of cases) {
    await test.step(`${field}: ${JSON.stringify(change)}`, async () => {
      const answer = await new Visitor(node).post("/api/auth/register", { ...good, ...change });
      const error = await refusal(answer, 400, "VALIDATION_FAILED");
      expect(Object.keys(error.fields!)).toEqual([field]);
    });
  }
  expect(await messagesTo(node, good.email)).toEqual([]);
});

Deno.test("a password of 72 bytes is good, and one of 73 is refused in so many words", async () => {
  const { node } = parley();
  const body = { email: freshEmail(), username: `ada_${unique()}`, password: "pä1".repeat(18) };
  expect(new TextEncoder().encode(body.password).length).toBe(72);
  const refused = await new Visitor(node).post("/api/auth/register", {
    ...body,
    password: `${body.password}x`,
  });
  const error = await refusal(refused, 400, "VALIDATION_FAILED");
  expect(error.fields!.password).toContain("72 bytes");
  await dataOf(await new Visitor(node).post("/api/auth/register", body));
});

Deno.test("phone sign-up says which field is wrong", async (test) => {
  const good = { phoneNumber: freshNumber(), birthYear: 1990 };
  const thisYear = new Date().getUTCFullYear();
  const cases: [field: string, code: string, change: Record<string, unknown>][] = [
    ["phoneNumber", "VALIDATION_FAILED", { phoneNumber: "12" }],
    ["phoneNumber", "VALIDATION_FAILED", { phoneNumber: "612345678" }],
    ["phoneNumber", "VALIDATION_FAILED", { phoneNumber: "+34 000 000 000" }],
    ["phoneNumber", "VALIDATION_FAILED", { phoneNumber: undefined }],
    ["birthYear", "VALIDATION_FAILED", { birthYear: 1899 }],
    ["birthYear", "VALIDATION_FAILED", { birthYear: undefined }],
    ["birthYear", "VALIDATION_FAILED", { birthYear: "soon" }],
    ["birthYear", "AGE_RESTRICTED", { birthYear: thisYear - 17 }],
    ["firstName", "VALIDATION_FAILED", { firstName: "<b>" }],
    ["lastName", "VALIDATION_FAILED", { lastName: "x".repeat(41) }],
  ];
  for (const [field, code, change] of cases) {
    await test.step(`${field}: ${JSON.stringify(change)}`, async () => {
      const answer = await new Visitor(parley().node).post("/api/auth/signup", { ...good, ...change });
      const error = await refusal(answer, code === "AGE_RESTRICTED" ? 403 : 400, code);
      expect(Object.keys(error.fields!)).toEqual([field]);
    });
  }
  expect(await messagesTo(parley().node, good.phoneNumber)).toEqual([]);
});

Deno.test("a username is refused when somebody has it, whatever its case", async () => {
  const { node } = parley();
  const ada = await member(node);
  const body = { email: freshEmail(), username: ada.username.toUpperCase(), password: PASSWORD };
  const error = await refusal(
    await new Visitor(node).post("/api/auth/register", body),
    409,
    "USERNAME_TAKEN",
  );
  expect(error.fields).toHaveProperty("username");
});

Deno.test("the second of two who registered the same username gets one close to it", async () => {
  const { node } = parley();
  const username = `same_${unique()}`;
  const emails = [freshEmail(), freshEmail()];
  const names = [];
  for (const email of emails) {
    await dataOf(await new Visitor(node).post("/api/auth/register", { email, username, password: PASSWORD }));
  }
  for (const email of emails) {
    const check = { purpose: "register", target: email, code: await codeTo(node, email) };
    const { user } = await dataOf<{ user: { username: string } }>(
      await new Visitor(node).post("/api/auth/verifyOTP", check),
    );
    names.push(user.username);
  }
  expect(names[0]).toBe(username);
  expect(names[1]).toMatch(new RegExp(`^${username.slice(0, 15)}\\d{5}$`));
});

Deno.test("who confirms the operator's address becomes administrator, and that is on record", async () => {
  const boss = await member(parley().node, { email: "boss@example.org" });
  expect(boss.user.role).toBe("ADMIN");
  const rows = await parley().database.sql`
    select action, detail from audit_log where subject_id = ${boss.user.id} order by id`;
  expect(rows.map(({ action }) => action)).toEqual(["account.created", "role.granted"]);
  expect((await signedIn(parley().node, boss)).user.role).toBe("ADMIN");
});

Deno.test("a newcomer who is already a member gets a letter without a code, and the same answer", async () => {
  const { node } = parley();
  const ada = await member(node);
  const strangers = { email: freshEmail(), username: `new_${unique()}`, password: PASSWORD };
  const answers = [];
  for (const email of [ada.email, strangers.email]) {
    const response = await new Visitor(node).post("/api/auth/register", { ...strangers, email });
    answers.push({ status: response.status, body: await response.json() });
  }
  expect(answers[0]).toEqual(answers[1]);
  const letter = await messageTo(node, ada.email, 2);
  expect(letter.subject).toBe("You already have a Parley account");
  expect(letter.text).not.toMatch(/\d{6}/);
  expect((await messageTo(node, strangers.email)).text).toMatch(/\b\d{6}\b/);
});
