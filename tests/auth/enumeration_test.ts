/** No answer, and no work behind it, tells whether somebody has an account here. */
import { expect } from "expect";
import type { Services } from "../../lib/services.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf, guest, Visitor } from "../support/visitor.ts";
import { freshEmail, freshNumber, member, PASSWORD, unique } from "./people.ts";
import { codeTo } from "./sent.ts";

/** What a request made the server do that takes time: hashing, and messages put in. */
let work: string[] = [];

function watched(services: Services): Services {
  const { passwords, jobs } = services;
  const note = (what: string) => void work.push(what);
  return {
    ...services,
    passwords: {
      ...passwords,
      hash: (password) => (note("hash"), passwords.hash(password)),
      verify: (password, hash) => (note("verify"), passwords.verify(password, hash)),
    },
    jobs: {
      ...jobs,
      enqueue: (kind, payload, options) => (note(kind), jobs.enqueue(kind, payload, options)),
    },
  };
}

const parley = parleyForFile({ alter: watched });

interface Known {
  email: string;
  phoneNumber: string;
}

/** Somebody with both an address and a number. */
async function known(): Promise<Known> {
  const { node } = parley();
  const ada = await member(node);
  const phoneNumber = freshNumber();
  await dataOf(await ada.post("/api/auth/contact", { phoneNumber, currentPassword: PASSWORD }));
  const check = { purpose: "contact", target: phoneNumber, code: await codeTo(node, phoneNumber) };
  await dataOf(await ada.post("/api/auth/verifyOTP", check));
  return { email: ada.email, phoneNumber };
}

/** All that an asker sees of an answer, save what is new in each, and what it made the server do. */
async function seen(who: Visitor, path: string, body: Record<string, unknown>) {
  const csrf: Record<string, string> = who.cookies.size > 0 ? { "x-csrf-token": await who.csrf() } : {};
  work = [];
  const response = await who.post(`/api/auth/${path}`, body, csrf);
  const text = await response.text();
  const headers = [...response.headers].filter(([name]) => !/^(x-request-id|date|content-length)$/.test(name))
    .map(([name, value]) => `${name}: ${value.replaceAll(/nonce-[\w-]+/g, "nonce")}`);
  return {
    status: response.status,
    body: text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "some id"),
    headers,
    work: work.toSorted(),
  };
}

const stranger = () => new Visitor(parley().node);
const code = "000000";

/** What can be asked about a contact → who asks, where, and how. */
const QUESTIONS: Record<string, (contact: Known) => Promise<Awaited<ReturnType<typeof seen>>>> = {
  // First, while nothing waits for a code: that is what this one goes by.
  "resendOTP for an account": ({ phoneNumber }) =>
    seen(stranger(), "resendOTP", { purpose: "signup", target: phoneNumber }),
  "signin by e-mail": ({ email }) => seen(stranger(), "signin", { email, password: "not the password" }),
  "signin by phone": ({ phoneNumber }) =>
    seen(stranger(), "signin", { phoneNumber, password: "not the one" }),
  "login": ({ email }) => seen(stranger(), "login", { email, password: "not the password" }),
  "register": ({ email }) =>
    seen(stranger(), "register", { email, username: `x_${unique()}`, password: PASSWORD }),
  "signup": ({ phoneNumber }) => seen(stranger(), "signup", { phoneNumber, birthYear: 1990 }),
  "upgrade": async ({ email }) =>
    await seen(await guest(parley().node), "upgrade", {
      email,
      username: `y_${unique()}`,
      password: PASSWORD,
    }),
  "contact": async ({ email }) =>
    await seen(await member(parley().node), "contact", { email, currentPassword: PASSWORD }),
  "forgetPassword by e-mail": ({ email }) => seen(stranger(), "forgetPassword", { email }),
  "forgetPassword by phone": ({ phoneNumber }) => seen(stranger(), "forgetPassword", { phoneNumber }),
  "resendOTP for a reset": ({ email }) => seen(stranger(), "resendOTP", { purpose: "reset", target: email }),
  "verifyOTP for a reset": ({ email }) =>
    seen(stranger(), "verifyOTP", { purpose: "reset", target: email, code, newPassword: PASSWORD }),
  "verifyOTP for an account": ({ phoneNumber }) =>
    seen(stranger(), "verifyOTP", { purpose: "signup", target: phoneNumber, code, password: PASSWORD }),
};

Deno.test("every answer about a contact is the same, and takes the same work, whether it has an account or not", async (test) => {
  const somebody = await known();
  for (const [question, ask] of Object.entries(QUESTIONS)) {
    await test.step(question, async () => {
      const ofMember = await ask(somebody);
      const ofNobody = await ask({ email: freshEmail(), phoneNumber: freshNumber() });
      expect(ofMember).toEqual(ofNobody);
    });
  }
});

Deno.test("the work is seen when it differs", async () => {
  const { email } = await known();
  const right = await seen(stranger(), "signin", { email, password: PASSWORD });
  expect(right).toMatchObject({ status: 200, work: ["verify"] });
  const asked = await seen(stranger(), "forgetPassword", { email });
  expect(asked.work).toEqual(["send-mail"]);
});
