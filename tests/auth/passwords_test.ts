import { expect } from "expect";
import { bcryptInWorker, openBcrypt } from "../../lib/auth/bcrypt.ts";
import { Turnstile } from "../../lib/turnstile.ts";
import { parleyForFile } from "../support/node.ts";
import { codeTo, messageTo } from "./sent.ts";
import { dataOf, guest, refusal, Visitor } from "../support/visitor.ts";
import { freshEmail, freshNumber, isIn, member, PASSWORD, signedIn } from "./people.ts";

const parley = parleyForFile();
const NEXT = "an entirely new one";

Deno.test("a changed password ends all other sessions, keeps one's own, and its owner hears of it", async () => {
  const { node } = parley();
  const ada = await member(node);
  const elsewhere = await signedIn(node, ada);
  const body = { currentPassword: PASSWORD, newPassword: NEXT };
  expect(await dataOf(await ada.post("/api/auth/change-password", body))).toEqual({
    status: "password_changed",
  });
  expect(await isIn(ada)).toBe(true);
  expect(await isIn(elsewhere)).toBe(false);
  await signedIn(node, ada, { password: NEXT });
  const old = await new Visitor(node).post("/api/auth/signin", { email: ada.email, password: PASSWORD });
  await refusal(old, 401, "INVALID_CREDENTIALS");
  expect((await messageTo(node, ada.email, 2)).subject).toBe("Your Parley password was changed");
  const [entry] = await parley().database.sql`
    select actor_id from audit_log where action = 'password.changed' and subject_id = ${ada.user.id}`;
  expect(entry!.actor_id).toBe(ada.user.id);
});

Deno.test("a password stays as it is when the old one is wrong, the new one is bad, or nobody may ask", async () => {
  const { node } = parley();
  const ada = await member(node);
  const change = (body: Record<string, unknown>, who: Visitor = ada, headers = {}) =>
    who.post("/api/auth/change-password", body, headers);
  const good = { currentPassword: PASSWORD, newPassword: NEXT };
  const wrong = await refusal(
    await change({ ...good, currentPassword: "something" }),
    401,
    "INVALID_CREDENTIALS",
  );
  expect(wrong.fields).toHaveProperty("currentPassword");
  for (const newPassword of ["short", "password123", "x1".repeat(37), undefined]) {
    const error = await refusal(await change({ ...good, newPassword }), 400, "VALIDATION_FAILED");
    expect(Object.keys(error.fields!)).toEqual(["newPassword"]);
  }
  await refusal(await change(good, ada, { "x-csrf-token": "wrong" }), 403, "CSRF_FAILED");
  await refusal(await change(good, ada, { origin: "https://evil.example" }), 403, "ORIGIN_NOT_ALLOWED");
  await refusal(await change(good, new Visitor(node)), 401, "UNAUTHENTICATED");
  const visitor = await guest(node);
  const bearer = { authorization: `Bearer ${visitor.accessToken}` };
  await refusal(await change(good, visitor, bearer), 403, "FORBIDDEN");
  await signedIn(node, ada);
});

Deno.test("a forgotten password is set anew by a mailed code, which ends all sessions", async () => {
  const { node } = parley();
  const ada = await member(node);
  const asked = await new Visitor(node).post("/api/auth/forgetPassword", { email: ada.email });
  expect(await dataOf(asked)).toEqual({ status: "sent" });
  const code = await codeTo(node, ada.email, 2);
  const check = { purpose: "reset", target: ada.email, code, newPassword: NEXT };
  expect(await dataOf(await new Visitor(node).post("/api/auth/verifyOTP", check))).toEqual({
    status: "password_changed",
  });
  expect(await isIn(ada)).toBe(false);
  await signedIn(node, ada, { password: NEXT });
  await refusal(await new Visitor(node).post("/api/auth/verifyOTP", check), 400, "INVALID_CODE");
});

Deno.test("forgetting a password is answered alike when there is no such account", async () => {
  const { node } = parley();
  const ada = await member(node);
  const [email, phoneNumber] = [freshEmail(), freshNumber()];
  const answers = [];
  for (const body of [{ email: ada.email }, { email }, { phoneNumber }]) {
    const response = await new Visitor(node).post("/api/auth/forgetPassword", body);
    answers.push([response.status, await response.text()]);
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  for (const to of [email, phoneNumber]) {
    const { text } = await messageTo(node, to);
    expect(text).toContain("no such account");
    expect(text).not.toMatch(/\d{6}/);
  }
});

Deno.test("bcrypt in JavaScript and in its addon read each other's hashes", async () => {
  const [native, worker] = [await openBcrypt(), bcryptInWorker()];
  const [ours, theirs] = await Promise.all([native.hash(PASSWORD, 4), worker.hash(PASSWORD, 4)]);
  expect(ours).toMatch(/^\$2b\$04\$/);
  expect(await worker.compare(PASSWORD, ours)).toBe(true);
  expect(await native.compare(PASSWORD, theirs)).toBe(true);
  expect(await worker.compare("another", ours)).toBe(false);
  await expect(worker.compare(PASSWORD, null as unknown as string)).rejects.toThrow();
  worker.close();
});

Deno.test("a turnstile lets so many through at once, in the order they came, and goes on after a failure", async () => {
  const turnstile = new Turnstile(2);
  let [inside, most] = [0, 0];
  const order: number[] = [];
  const tasks = Array.from({ length: 6 }, (_, index) =>
    turnstile.pass(async () => {
      order.push(index);
      most = Math.max(most, ++inside);
      await Promise.resolve();
      inside--;
      if (index === 1) throw new Error("broken");
    }));
  const results = await Promise.allSettled(tasks);
  expect(results.map(({ status }) => status).filter((status) => status === "rejected")).toHaveLength(1);
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});
