import { expect } from "expect";
import { findProfile } from "../../lib/profile/profile.ts";
import type { OwnProfile } from "../../lib/protocol/forms/profile.ts";
import type { Viewer } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal, Visitor } from "../support/visitor.ts";

const parley = parleyForFile();
const ADDRESS = "/api/me/profile";
const read = async (who: Visitor) => await dataOf<OwnProfile>(await who.fetch(ADDRESS));
const patch = async (who: Visitor, body: unknown, headers: Record<string, string> = {}) =>
  await who.fetch(ADDRESS, {
    method: "PATCH",
    headers: { "content-type": "application/json", "x-csrf-token": await who.csrf(), ...headers },
    body: JSON.stringify(body),
  });

Deno.test("a profile changes by what is given, and the rest stays", async () => {
  const owner = await member(parley().node, { username: "Wren_1", name: "Wren" });
  expect(await read(owner)).toEqual({
    name: "Wren",
    username: "Wren_1",
    bio: "",
    languages: [],
    ageCategory: "_18PLUS",
    birthYear: null,
  });
  const changed = { name: "Zoë 翠", bio: "Tea.\r\nMostly green.", languages: ["EN", "pt-br", "en"] };
  expect(await dataOf(await patch(owner, changed))).toMatchObject({
    name: "Zoë 翠",
    username: "Wren_1",
    bio: "Tea.\nMostly green.",
    languages: ["en", "pt-BR"],
  });
  await dataOf(await patch(owner, { username: "wren_2" }));
  expect(await read(owner)).toMatchObject({ name: "Zoë 翠", username: "wren_2", languages: ["en", "pt-BR"] });
  const { user } = await dataOf<{ user: Viewer }>(await owner.fetch("/api/auth/me"));
  expect(user).toMatchObject({ name: "Zoë 翠", username: "wren_2" });
  await dataOf(await patch(owner, { bio: "", languages: [] }));
  expect(await read(owner)).toMatchObject({ bio: "", languages: [] });
});

Deno.test("the form comes back when it names a language that nobody has heard of", async () => {
  const owner = await member(parley().node);
  const fields = { csrf: await owner.csrf(), name: "Zoë", languages: `"><script>alert(1)</script>` };
  const response = await owner.submit("/me", fields);
  expect([response.status, (await response.text()).includes("<script>alert")]).toEqual([400, false]);
});

Deno.test("languages come as an array, as one text, or as a field that repeats", async () => {
  const owner = await member(parley().node);
  await dataOf(await patch(owner, { languages: "ar, hi  zh" }));
  expect((await read(owner)).languages).toEqual(["ar", "hi", "zh"]);
  const form = new URLSearchParams([["csrf", await owner.csrf()], ["languages", ""], ["languages", "fr"], [
    "languages",
    "de",
  ]]);
  form.delete("csrf");
  const headers = { "x-csrf-token": await owner.csrf() };
  await dataOf(await owner.fetch(ADDRESS, { method: "PATCH", body: form, headers }));
  expect((await read(owner)).languages).toEqual(["fr", "de"]);
});

Deno.test("each field that is not right is named", async () => {
  const owner = await member(parley().node);
  const wrong: [field: string, value: unknown][] = [
    ["name", "x"],
    ["name", "<b>bold</b>"],
    ["name", "a".repeat(21)],
    ["username", "ab"],
    ["username", "with space"],
    ["username", "admin"],
    ["bio", "x".repeat(501)],
    ["bio", "bell\u0007"],
    ["languages", ["klingonese"]],
    ["languages", ["xx-not a tag"]],
    ["languages", "ar bg cs da de el en es et fi fr".split(" ")],
    ["ageCategory", "_16PLUS"],
    ["birthYear", 1800],
  ];
  for (const [field, value] of wrong) {
    const { fields } = await refusal(await patch(owner, { [field]: value }), 400, "VALIDATION_FAILED");
    expect(Object.keys(fields!).join()).toMatch(new RegExp(`^${field}`));
  }
  await refusal(await patch(owner, { role: "ADMIN" }), 400, "VALIDATION_FAILED");
  expect(await read(owner)).toMatchObject({ bio: "", languages: [], ageCategory: "_18PLUS" });
});

Deno.test("a username that somebody has, in whatever case, is refused", async () => {
  const owner = await member(parley().node, { username: "Heron" });
  const other = await member(parley().node);
  const { fields } = await refusal(
    await patch(other, { username: "hErOn", bio: "lost" }),
    409,
    "USERNAME_TAKEN",
  );
  expect(fields).toHaveProperty("username");
  expect((await read(other)).bio).toBe("");
  await dataOf(await patch(owner, { username: "HERON" }));
});

Deno.test("RED rooms are for those whose year of birth makes them 18", async () => {
  const year = new Date().getUTCFullYear();
  const red = { ageCategory: "_18PLUS_RED" };
  const grown = await member(parley().node, { birthYear: year - 18 });
  expect(await dataOf(await patch(grown, red))).toMatchObject(red);
  expect(await dataOf(await patch(grown, { ageCategory: "_18PLUS" }))).toMatchObject({
    ageCategory: "_18PLUS",
  });

  const young = await member(parley().node, { birthYear: year - 17 });
  await refusal(await patch(young, red), 403, "AGE_RESTRICTED");
  await refusal(await patch(young, { ...red, birthYear: 1980 }), 403, "AGE_RESTRICTED");

  const silent = await member(parley().node);
  const { fields } = await refusal(await patch(silent, red), 400, "VALIDATION_FAILED");
  expect(fields).toHaveProperty("birthYear");
  await refusal(await patch(silent, { birthYear: year - 17 }), 403, "AGE_RESTRICTED");
  expect(await dataOf(await patch(silent, { ...red, birthYear: 1980 }))).toMatchObject({
    ...red,
    birthYear: 1980,
  });
  // It is said once.
  expect(await dataOf(await patch(silent, { birthYear: 1990 }))).toMatchObject({ birthYear: 1980 });
});

Deno.test("others see a profile by its username, and nothing of the account behind it", async () => {
  const { services } = parley().node;
  const owner = await member(parley().node, { username: "Otter", name: "Otto", birthYear: 1980 });
  await dataOf(await patch(owner, { bio: "River.", languages: ["de"] }));
  const profile = await findProfile(services, "oTTer");
  expect(profile).toEqual({
    id: owner.user.id,
    username: "Otter",
    name: "Otto",
    bio: "River.",
    languages: ["de"],
    joinedAt: expect.any(String),
    blocked: false,
  });
  expect(await findProfile(services, "nobody")).toBe(null);
  const visitor = await guest(parley().node, { name: "Passing" });
  expect(await findProfile(services, "Passing", visitor.user)).toBe(null);
  await services.sql`update users set erased_at = now() where id = ${owner.user.id}`;
  expect(await findProfile(services, "Otter")).toBe(null);
});

Deno.test("guests, strangers and other sites change no profile", async () => {
  const { node } = parley();
  const visitor = await guest(node);
  await refusal(await visitor.fetch(ADDRESS), 403, "FORBIDDEN");
  await refusal(await patch(visitor, { bio: "x" }), 403, "FORBIDDEN");
  await refusal(await new Visitor(node).fetch(ADDRESS), 401, "UNAUTHENTICATED");
  const owner = await member(node);
  await refusal(await patch(owner, { bio: "x" }, { "x-csrf-token": "forged" }), 403, "CSRF_FAILED");
  await refusal(
    await patch(owner, { bio: "x" }, { origin: "https://evil.example" }),
    403,
    "ORIGIN_NOT_ALLOWED",
  );
});
