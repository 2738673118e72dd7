import { expect } from "expect";
import { findProfile } from "../../lib/profile/profile.ts";
import type { BlockedPerson } from "../../lib/protocol/forms/profile.ts";
import { anyBlockBetween } from "../../db/queries/blocks.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal, Visitor } from "../support/visitor.ts";

const parley = parleyForFile();
const ADDRESS = "/api/me/blocks";
const list = async (who: Visitor) => await dataOf<BlockedPerson[]>(await who.fetch(ADDRESS));
const unblock = async (who: Visitor, id: string) =>
  await who.fetch(`${ADDRESS}/${id}`, { method: "DELETE", headers: { "x-csrf-token": await who.csrf() } });

Deno.test("somebody is blocked by username or id, once, and unblocked again", async () => {
  const { node } = parley();
  const owner = await member(node);
  const loud = await member(node, { username: "Loud_One", name: "Loud" });
  const passing = await guest(node, { name: "Passing By" });
  await dataOf(await owner.post(ADDRESS, { username: "loud_one" }));
  await dataOf(await owner.post(ADDRESS, { userId: loud.user.id }));
  await dataOf(await owner.post(ADDRESS, { userId: passing.user.id }));
  expect(await list(owner)).toEqual([
    { id: passing.user.id, name: "Passing By", blockedAt: expect.any(String) },
    { id: loud.user.id, name: "Loud", username: "Loud_One", blockedAt: expect.any(String) },
  ]);
  expect((await findProfile(node.services, "Loud_One", owner.user))!.blocked).toBe(true);
  expect((await findProfile(node.services, "Loud_One", passing.user))!.blocked).toBe(false);
  expect(await anyBlockBetween(node.services.sql, loud.user.id, owner.user.id)).toBe(true);
  expect(await list(loud)).toEqual([]);

  await dataOf(await unblock(owner, loud.user.id));
  await dataOf(await unblock(owner, loud.user.id));
  expect((await list(owner)).map(({ name }) => name)).toEqual(["Passing By"]);
  expect(await anyBlockBetween(node.services.sql, loud.user.id, owner.user.id)).toBe(false);
});

Deno.test("guests block too", async () => {
  const { node } = parley();
  const passing = await guest(node);
  await passing.csrf();
  const loud = await member(node, { username: "Louder" });
  await dataOf(await passing.post(ADDRESS, { username: "Louder" }));
  expect((await list(passing)).map(({ id }) => id)).toEqual([loud.user.id]);
});

Deno.test("nobody blocks themselves, a stranger, or nobody in particular", async () => {
  const { node } = parley();
  const owner = await member(node, { username: "Myself" });
  await refusal(await owner.post(ADDRESS, { username: "myself" }), 400, "VALIDATION_FAILED");
  await refusal(await owner.post(ADDRESS, { userId: owner.user.id }), 400, "VALIDATION_FAILED");
  await refusal(await owner.post(ADDRESS, { username: "not_there" }), 404, "NOT_FOUND");
  await refusal(await owner.post(ADDRESS, { userId: "999999999" }), 404, "NOT_FOUND");
  await refusal(await owner.post(ADDRESS, {}), 400, "VALIDATION_FAILED");
  await refusal(await owner.post(ADDRESS, { userId: "1 or 1=1" }), 400, "VALIDATION_FAILED");
  await refusal(await unblock(owner, "me"), 404, "NOT_FOUND");
  expect(await list(owner)).toEqual([]);
});

Deno.test("strangers and other sites block nobody", async () => {
  const { node } = parley();
  await refusal(await new Visitor(node).fetch(ADDRESS), 401, "UNAUTHENTICATED");
  const owner = await member(node);
  const body = { username: "anybody" };
  await refusal(await owner.post(ADDRESS, body, { "x-csrf-token": "forged" }), 403, "CSRF_FAILED");
  await refusal(
    await owner.post(ADDRESS, body, { origin: "https://evil.example" }),
    403,
    "ORIGIN_NOT_ALLOWED",
  );
});
