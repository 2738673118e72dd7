import { expect } from "expect";
import type { PasskeyView } from "../../lib/protocol/forms/passkeys.ts";
import type { Viewer } from "../../lib/protocol/types.ts";
import { Authenticator, type CreationOptions, type RequestOptions } from "../support/authenticator.ts";
import { type Member, member } from "../support/member.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal, Visitor } from "../support/visitor.ts";

const clock = movableClock();
const parley = parleyForFile({ clock });
const BASE = "/api/auth/passkeys";
const SIX_MINUTES = 6 * 60_000;

const toCreate = async (who: Visitor) =>
  await dataOf<CreationOptions>(await who.post(`${BASE}/register/options`));
const toGet = async (who: Visitor) => await dataOf<RequestOptions>(await who.post(`${BASE}/sign-in/options`));
const list = async (who: Visitor) => await dataOf<PasskeyView[]>(await who.fetch(BASE));
const signInBy = async (who: Visitor, key: Authenticator) =>
  await who.post(`${BASE}/sign-in/verify`, { response: await key.get(await toGet(who)) });

async function withPasskey(): Promise<{ owner: Member; key: Authenticator; passkey: PasskeyView }> {
  const { node } = parley();
  const owner = await member(node);
  const key = new Authenticator(node.origin);
  const response = await key.create(await toCreate(owner));
  const passkey = await dataOf<PasskeyView>(await owner.post(`${BASE}/register/verify`, { response }));
  return { owner, key, passkey };
}

Deno.test("a passkey signs its owner in, without a name being typed", async () => {
  const { owner, key, passkey } = await withPasskey();
  expect(passkey).toMatchObject({ name: "Security key", lastUsedAt: null });
  const visitor = new Visitor(parley().node);
  const { user, accessToken } = await dataOf<{ user: Viewer; accessToken: string }>(
    await signInBy(visitor, key),
  );
  expect(user.id).toBe(owner.user.id);
  expect(accessToken).toMatch(/^ey/);
  const me = await dataOf<{ user: Viewer }>(await visitor.fetch("/api/auth/me"));
  expect(me.user.id).toBe(owner.user.id);
  expect((await list(owner))[0]!.lastUsedAt).not.toBe(null);
  expect((await dataOf<{ user: Viewer }>(await signInBy(new Visitor(parley().node), key))).user.id).toBe(
    owner.user.id,
  );
});

Deno.test("options ask for a discoverable credential and for the user to be verified, and name no account", async () => {
  const { owner } = await withPasskey();
  const create = await toCreate(owner);
  expect(create).toMatchObject({
    rp: { id: "127.0.0.1" },
    attestation: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: [{ type: "public-key" }],
  });
  const get = await toGet(new Visitor(parley().node));
  expect(get).toMatchObject({ rpId: "127.0.0.1", userVerification: "required" });
  expect(get).not.toHaveProperty("allowCredentials.0");
});

Deno.test("an answer is taken once", async () => {
  const { key } = await withPasskey();
  const visitor = new Visitor(parley().node);
  const response = await key.get(await toGet(visitor));
  await dataOf(await visitor.post(`${BASE}/sign-in/verify`, { response }));
  await refusal(
    await new Visitor(parley().node).post(`${BASE}/sign-in/verify`, { response }),
    401,
    "PASSKEY_FAILED",
  );
});

Deno.test("an answer after five minutes is too late", async () => {
  const { key } = await withPasskey();
  const visitor = new Visitor(parley().node);
  const response = await key.get(await toGet(visitor));
  clock.advance(SIX_MINUTES);
  await refusal(await visitor.post(`${BASE}/sign-in/verify`, { response }), 401, "PASSKEY_FAILED");
});

Deno.test("an answer is refused that was made for another site, another question or another purpose", async () => {
  const { node } = parley();
  const { owner, key } = await withPasskey();
  const visitor = new Visitor(node);
  const refused = async (response: unknown) =>
    await refusal(await visitor.post(`${BASE}/sign-in/verify`, { response }), 401, "PASSKEY_FAILED");

  const options = await toGet(visitor);
  await refused(await key.get({ ...options, rpId: "evil.example" }));
  await refused(await key.get({ ...options, challenge: "bm9ib2R5IGFza2VkIHRoaXM" }));
  await refused(await key.get({ ...await toGet(visitor), challenge: (await toCreate(owner)).challenge }));

  key.origin = "https://evil.example";
  await refused(await key.get(await toGet(visitor)));

  const phished = new Authenticator("https://evil.example");
  await refusal(
    await owner.post(`${BASE}/register/verify`, { response: await phished.create(await toCreate(owner)) }),
    401,
    "PASSKEY_FAILED",
  );
});

Deno.test("a key that did not make sure of its owner is refused", async () => {
  const { key, owner } = await withPasskey();
  key.verifiesUser = false;
  await refusal(await signInBy(new Visitor(parley().node), key), 401, "PASSKEY_FAILED");
  const careless = new Authenticator(parley().node.origin);
  careless.verifiesUser = false;
  const response = await careless.create(await toCreate(owner));
  await refusal(await owner.post(`${BASE}/register/verify`, { response }), 401, "PASSKEY_FAILED");
});

Deno.test("a copy of a key betrays itself by its counter", async () => {
  const { key } = await withPasskey();
  await dataOf(await signInBy(new Visitor(parley().node), key));
  await dataOf(await signInBy(new Visitor(parley().node), key));
  key.counter = 0;
  await refusal(await signInBy(new Visitor(parley().node), key), 401, "PASSKEY_FAILED");
});

Deno.test("a passkey under another name, or with another's signature, is refused", async () => {
  const one = await withPasskey();
  const other = await withPasskey();
  const visitor = new Visitor(parley().node);
  const response = await one.key.get(await toGet(visitor));
  const asOther = { ...response, id: other.passkey.id, rawId: other.passkey.id };
  await refusal(await visitor.post(`${BASE}/sign-in/verify`, { response: asOther }), 401, "PASSKEY_FAILED");
  one.key.userHandle = other.key.userHandle;
  await refusal(await signInBy(visitor, one.key), 401, "PASSKEY_FAILED");
  const unknown = new Authenticator(parley().node.origin);
  await unknown.create(await toCreate(one.owner));
  await refusal(await signInBy(visitor, unknown), 401, "PASSKEY_FAILED");
});

Deno.test("one person's challenge registers nothing for another, and no key twice", async () => {
  const { node } = parley();
  const [owner, other] = [await member(node), await member(node)];
  const key = new Authenticator(node.origin);
  const response = await key.create(await toCreate(owner));
  await refusal(await other.post(`${BASE}/register/verify`, { response }), 401, "PASSKEY_FAILED");
  await dataOf(
    await owner.post(`${BASE}/register/verify`, { response: await key.create(await toCreate(owner)) }),
  );
  const again = await key.create(await toCreate(other));
  await refusal(await other.post(`${BASE}/register/verify`, { response: again }), 401, "PASSKEY_FAILED");
  expect(await list(other)).toEqual([]);
});

Deno.test("passkeys are renamed and removed by their owner alone", async () => {
  const { owner, key, passkey } = await withPasskey();
  const other = await member(parley().node);
  const change = async (who: Visitor, method: string, body?: unknown) =>
    await who.fetch(`${BASE}/${passkey.id}`, {
      method,
      headers: { "content-type": "application/json", "x-csrf-token": await who.csrf() },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  await refusal(await change(other, "PATCH", { name: "Mine now" }), 404, "NOT_FOUND");
  await refusal(await change(other, "DELETE"), 404, "NOT_FOUND");
  await refusal(await change(owner, "PATCH", { name: " " }), 400, "VALIDATION_FAILED");
  await dataOf(await change(owner, "PATCH", { name: " Blue key " }));
  expect((await list(owner))[0]!.name).toBe("Blue key");
  await dataOf(await change(owner, "DELETE"));
  expect(await list(owner)).toEqual([]);
  await refusal(await signInBy(new Visitor(parley().node), key), 401, "PASSKEY_FAILED");
});

Deno.test("guests and strangers register nothing; what is no answer is said to be none", async () => {
  const { node } = parley();
  const passing = await guest(node);
  await passing.csrf();
  await refusal(await passing.post(`${BASE}/register/options`), 403, "FORBIDDEN");
  await refusal(await new Visitor(node).post(`${BASE}/register/options`), 401, "UNAUTHENTICATED");
  await refusal(await new Visitor(node).fetch(BASE), 401, "UNAUTHENTICATED");
  await refusal(
    await new Visitor(node).post(`${BASE}/sign-in/verify`, { response: {} }),
    400,
    "VALIDATION_FAILED",
  );
  const owner = await member(node);
  await refusal(
    await owner.post(`${BASE}/register/options`, {}, { "x-csrf-token": "forged" }),
    403,
    "CSRF_FAILED",
  );
  await refusal(await owner.post(`${BASE}/register/verify`, { response: "none" }), 400, "VALIDATION_FAILED");
});
