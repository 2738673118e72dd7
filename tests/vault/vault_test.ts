import { expect } from "expect";
import { createVault } from "../../lib/vault/create.ts";
import { VaultError } from "../../lib/vault/vault.ts";
import { randomSecret, randomSecrets } from "../support/secrets.ts";

const NUMBER = "+12025550123";
const PHONE = { table: "users", column: "phone_sealed", row: "7" };
const CODE = { table: "one_time_codes", column: "payload_sealed", row: "7" };

Deno.test("a value opens when it stands where it was sealed", async () => {
  const vault = await createVault(randomSecrets());
  const sealed = await vault.seal(PHONE, NUMBER);
  expect(await vault.open(PHONE, sealed)).toBe(NUMBER);
  expect(new TextDecoder("latin1").decode(sealed)).not.toContain(NUMBER);
});

Deno.test("an empty text and one of many scripts open as they were", async () => {
  const vault = await createVault(randomSecrets());
  for (const text of ["", "Zoë 佐藤 🏮 \0"]) {
    expect(await vault.open(CODE, await vault.seal(CODE, text))).toBe(text);
  }
});

Deno.test("a text looks different each time it is sealed", async () => {
  const vault = await createVault(randomSecrets());
  const [one, other] = [await vault.seal(PHONE, NUMBER), await vault.seal(PHONE, NUMBER)];
  expect(one.toHex()).not.toBe(other.toHex());
});

for (const [what, moved] of Object.entries({ row: "8", column: "totp_sealed", table: "guests" })) {
  Deno.test(`a value does not open when it is moved to another ${what}`, async () => {
    const vault = await createVault(randomSecrets());
    const sealed = await vault.seal(PHONE, NUMBER);
    await expect(vault.open({ ...PHONE, [what]: moved }, sealed)).rejects.toThrow(VaultError);
  });
}

Deno.test("a value does not open when any byte of it is changed", async () => {
  const vault = await createVault(randomSecrets());
  const sealed = await vault.seal(PHONE, NUMBER);
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.slice();
    changed[at]! ^= 1;
    await expect(vault.open(PHONE, changed)).rejects.toThrow(VaultError);
  }
});

Deno.test("a value does not open when it is cut short", async () => {
  const vault = await createVault(randomSecrets());
  const sealed = await vault.seal(PHONE, NUMBER);
  for (const length of [0, 1, 5, 20, sealed.length - 1]) {
    await expect(vault.open(PHONE, sealed.slice(0, length))).rejects.toThrow(VaultError);
  }
});

Deno.test("a value does not open when the ring lacks its key, and the error names the key and not the value", async () => {
  const sealed = await (await createVault(randomSecrets())).seal(PHONE, NUMBER);
  const other = await createVault(randomSecrets());
  const error = await other.open(PHONE, sealed).catch((error) => error);
  expect(error).toBeInstanceOf(VaultError);
  expect(error.message).toContain(other.keyIdOf(sealed));
  expect(error.message).not.toContain(NUMBER);
});

Deno.test("an old key opens what it sealed when it is in the ring, and seals nothing more", async () => {
  const old = randomSecrets();
  const sealed = await (await createVault(old)).seal(CODE, "words");
  const vault = await createVault(randomSecrets({ old: [old.current] }));
  expect(await vault.open(CODE, sealed)).toBe("words");
  expect(vault.keyIdOf(await vault.seal(CODE, "words"))).toBe(vault.keyIdFor(CODE));
  expect(vault.keyIdFor(CODE)).not.toBe(vault.keyIdOf(sealed));
});

Deno.test("phone numbers have a key of their own when there is one, and the common key otherwise", async () => {
  const secrets = randomSecrets();
  const common = await createVault(secrets);
  const own = await createVault({ ...secrets, phone: randomSecret() });
  expect(common.keyIdFor(PHONE)).toBe(common.keyIdFor(CODE));
  expect(own.keyIdFor(PHONE)).not.toBe(own.keyIdFor(CODE));
  expect(await own.open(PHONE, await common.seal(PHONE, NUMBER))).toBe(NUMBER);
});

Deno.test("an index is the same for one text of one domain, and differs for all else", async () => {
  const secrets = randomSecrets();
  const vault = await createVault(secrets);
  const hex = async (domain: string, text: string, of = vault) => (await of.index(domain, text)).toHex();
  const index = await hex("phone", NUMBER);
  expect(await hex("phone", NUMBER)).toBe(index);
  expect(await hex("phone", NUMBER, await createVault(randomSecrets({ index: secrets.index })))).toBe(index);
  expect(await hex("phone", NUMBER + "4")).not.toBe(index);
  expect(await hex("code", NUMBER)).not.toBe(index);
  expect(await hex("phone", NUMBER, await createVault(randomSecrets()))).not.toBe(index);
});
