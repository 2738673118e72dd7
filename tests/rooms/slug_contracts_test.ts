/** What each address of slug rooms takes, of whom, and what it answers to everybody else. */
import { expect } from "expect";
import { type Member, member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal } from "../support/visitor.ts";
import { act, ask, type Bearer, join, slugRoom } from "./slug.ts";

const parley = parleyForFile();

interface Endpoint {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  action: string;
  /** Well-formed; `userId` is of a member. */
  body?: Record<string, unknown>;
  /** The least that may do it, when it is done to a plain member. */
  takes: "member" | "moderator" | "owner";
  /** Fields, and values that none of them takes. */
  bad?: Record<string, unknown[]>;
}

const NOBODY = ["", "x", "0", "-1", 7, null, {}, "1".repeat(30)];
const ENDPOINTS: Endpoint[] = [
  { method: "POST", action: "kick", body: {}, takes: "moderator", bad: { userId: NOBODY } },
  {
    method: "POST",
    action: "ban",
    body: { hours: 5, reason: "Noise" },
    takes: "moderator",
    bad: {
      userId: NOBODY,
      hours: [0, -1, 1.5, 8761, "many", {}],
      reason: ["x".repeat(201), 5, "\u202Eback"],
    },
  },
  { method: "POST", action: "unban", body: {}, takes: "moderator", bad: { userId: NOBODY } },
  {
    method: "POST",
    action: "promote",
    body: { role: "moderator" },
    takes: "owner",
    bad: { userId: NOBODY, role: ["owner", "", 1, undefined] },
  },
  { method: "POST", action: "hand-over", body: {}, takes: "owner", bad: { userId: NOBODY } },
  {
    method: "POST",
    action: "archive",
    body: { archived: true },
    takes: "owner",
    bad: { archived: ["yes", 1, null, undefined] },
  },
  {
    method: "PATCH",
    action: "settings",
    body: { name: "Another", topic: "Words", visibility: "public", slug: "another-one" },
    takes: "owner",
    bad: {
      name: ["x", "", "x".repeat(61), 5, "\u200B\u200B"],
      topic: ["x".repeat(201), 5, "a\u0000b"],
      visibility: ["open", "", 5],
      slug: ["ab", "123", "has space", "ünder", "x".repeat(41), "settings", "new", 5, ""],
    },
  },
  { method: "GET", action: "invites", takes: "member" },
  {
    method: "POST",
    action: "invites",
    body: { hours: 1, uses: 1 },
    takes: "member",
    bad: { hours: [0, 721, 1.5, "x", {}], uses: [0, 101, -1, "x", []] },
  },
  { method: "POST", action: "leave", takes: "member" },
];

/** A room with somebody of every role in it. */
async function staffed() {
  const { node } = parley();
  const [owner, moderator, plain, target, stranger] = await Promise.all(
    Array.from({ length: 5 }, () => member(node)),
  ) as [Member, Member, Member, Member, Member];
  const room = await slugRoom(node, owner);
  await join(node, room, moderator, plain, target);
  await dataOf(await act(node, owner, room, "promote", { userId: moderator.user.id, role: "moderator" }));
  const roles: Record<Endpoint["takes"], Member> = { owner, moderator, member: plain };
  const call = (who: Bearer, { method, action, body }: Endpoint, more: Record<string, unknown> = {}) => {
    const path = `/api/rooms/slug/${room.slug}/${action}`;
    const sent = body && { ...body, ...(takesPerson(action) && { userId: target.user.id }), ...more };
    return ask(node, who, method, path, sent);
  };
  return { node, room, roles, target, stranger, call };
}

function takesPerson(action: string): boolean {
  return ["kick", "ban", "unban", "promote", "hand-over"].includes(action);
}

const RANKS = ["member", "moderator", "owner"] as const;

for (const endpoint of ENDPOINTS) {
  const { method, action, takes } = endpoint;
  Deno.test(`${method} ${action} is done for a ${takes} and above, and refused to everybody else`, async (test) => {
    const { call, stranger, roles, room, target, node } = await staffed();
    const visitor = await guest(node);
    await test.step("nobody", async () => {
      await refusal(await call(null, endpoint), 401, "UNAUTHENTICATED");
    });
    await test.step("a guest", async () => {
      await refusal(await call(visitor, endpoint), 403, "FORBIDDEN");
    });
    await test.step("a stranger", async () => {
      await refusal(await call(stranger, endpoint), 403, "NOT_A_MEMBER");
    });
    for (const role of RANKS.slice(0, RANKS.indexOf(takes))) {
      await test.step(role, async () => {
        await refusal(await call(roles[role], endpoint), 403, "FORBIDDEN");
      });
    }
    await test.step(takes, async () => {
      if (action === "unban") {
        await dataOf(await act(node, roles.owner, room, "ban", { userId: target.user.id }));
      }
      const answer = await call(roles[takes], endpoint);
      expect(answer.status).toBe(method === "POST" && action === "invites" ? 201 : 200);
      await dataOf(answer);
    });
  });

  for (const [field, values] of Object.entries(endpoint.bad ?? {})) {
    Deno.test(`${method} ${action} names the field ${field} when it is not well-formed`, async () => {
      const { call, roles } = await staffed();
      for (const value of values) {
        // Left out or empty, what is optional is as if it were not said.
        const { fields } = await refusal(
          await call(roles.owner, endpoint, { [field]: value }),
          400,
          "VALIDATION_FAILED",
        );
        expect([value, ...Object.keys(fields!)]).toEqual([value, field]);
      }
    });
  }
}

Deno.test("what is unknown is refused in every body", async () => {
  const { call, roles } = await staffed();
  for (const endpoint of ENDPOINTS.filter(({ body }) => body)) {
    const { fields } = await refusal(
      await call(roles.owner, endpoint, { surprise: 1 }),
      400,
      "VALIDATION_FAILED",
    );
    expect([endpoint.action, ...Object.keys(fields!)]).toEqual([endpoint.action, ""]);
  }
});

Deno.test("a room that is not there is not found, by slug or by id, whatever is asked of it", async () => {
  const { node, roles, target } = await staffed();
  for (const name of ["no-such-room", "999999999", "99999999999999999999", "a%2Fb"]) {
    for (const { method, action, body } of [...ENDPOINTS, { method: "POST", action: "join", body: {} }]) {
      const sent = body && { ...body, ...(takesPerson(action) && { userId: target.user.id }) };
      const path = `/api/rooms/slug/${name}/${action}`;
      await refusal(await ask(node, roles.owner, method, path, sent), 404, "ROOM_NOT_FOUND");
    }
    await refusal(await ask(node, roles.owner, "GET", `/api/rooms/slug/${name}`), 404, "ROOM_NOT_FOUND");
  }
});

Deno.test("making a room takes an account and good fields", async () => {
  const { node } = parley();
  const [ann, visitor] = [await member(node), await guest(node)];
  const good = { name: "A good name", visibility: "public" };
  const make = (who: Bearer, body: Record<string, unknown>) =>
    ask(node, who, "POST", "/api/rooms/slug", body);
  await refusal(await make(null, good), 401, "UNAUTHENTICATED");
  await refusal(await make(visitor, good), 403, "FORBIDDEN");
  const bad: Record<string, unknown[]> = {
    name: [undefined, "", "x", "x".repeat(61), 5, " \t ", "\u200B\u200B\u200B"],
    slug: ["ab", "1234", "no good", "x".repeat(41), "directory", 5],
    visibility: [undefined, "", "secret", 5],
  };
  for (const [field, values] of Object.entries(bad)) {
    for (const value of values) {
      const { fields } = await refusal(
        await make(ann, { ...good, [field]: value }),
        400,
        "VALIDATION_FAILED",
      );
      expect([value, ...Object.keys(fields!)]).toEqual([value, field]);
    }
  }
  expect((await make(ann, { ...good, slug: "" })).status).toBe(201);
});

Deno.test("strangers see of a public room what it is called and how many are in it", async () => {
  const { node, room, stranger, target } = await staffed();
  for (const who of [null, stranger]) {
    const details = await dataOf<Record<string, unknown>>(
      await ask(node, who, "GET", `/api/rooms/slug/${room.slug}`),
    );
    expect(details).toEqual({ room: expect.objectContaining({ id: room.id }), role: null, memberCount: 4 });
  }
  const inside = await dataOf(await ask(node, target, "GET", `/api/rooms/slug/${room.slug}`));
  expect(inside).toMatchObject({
    role: "member",
    may: ["read", "send", "react", "leave", "invite"],
    invites: [],
  });
  expect(inside).not.toHaveProperty("bans");
});
