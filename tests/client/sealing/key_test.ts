import { expect } from "expect";
import { fromBase64Url, toBase64Url } from "../../../lib/client/sealing/base64url.ts";
import { openWords, sealWords } from "../../../lib/client/sealing/cipher.ts";
import {
  deriveKeys,
  fragmentOf,
  keyCheckOf,
  keyIn,
  type LinkSecret,
  newSecret,
} from "../../../lib/client/sealing/key.ts";
import { TOKEN } from "./support.ts";

const words = { text: "hello", files: [] };
const place = { clientId: "c1", author: "Ada" };

Deno.test("a link's secret is 43 characters and comes back from the fragment when the link is whole", () => {
  const secret = newSecret();
  expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(newSecret()).not.toBe(secret);
  expect(keyIn(fragmentOf(secret))).toEqual({ state: "whole", secret });
  expect(keyIn(`${fragmentOf(secret)}&people`)).toEqual({ state: "whole", secret });
});

Deno.test("a link's secret is missing or broken when the fragment says nothing or not all of it", () => {
  const whole = fragmentOf(newSecret());
  for (const fragment of ["", "#", "#people", "#K=abc"]) expect(keyIn(fragment).state).toBe("missing");
  const broken = ["#k=", whole.slice(0, -1), `${whole}A`, `${whole}.`, whole.replace("=", "=*").slice(0, 46)];
  for (const fragment of broken) expect([fragment, keyIn(fragment).state]).toEqual([fragment, "broken"]);
});

Deno.test("a link's secret is broken when bits are set that its bytes do not have", () => {
  // 43 characters hold 258 bits; the last two are none of the secret's.
  expect(keyIn(`#k=${"A".repeat(43)}`).state).toBe("whole");
  expect(keyIn(`#k=${"A".repeat(42)}B`).state).toBe("broken");
});

Deno.test("keys are the same for everybody who has the link, and other keys for another link or room", async () => {
  const secret = newSecret();
  const sealed = await sealWords(await deriveKeys(secret, TOKEN), place, words);
  const opens = async (with_: LinkSecret, token: string) => {
    // Only the key is put to the test here: what is sealed is bound to the room's token besides.
    const keys = await deriveKeys(with_, token);
    return await openWords({ ...keys, token: TOKEN }, place, sealed);
  };
  expect(await opens(secret, TOKEN)).toEqual(words);
  expect(await opens(newSecret(), TOKEN)).toBeNull();
  expect(await opens(secret, "ghost-another1")).toBeNull();
});

Deno.test("keys cannot be taken out, and the one for files opens no messages", async () => {
  const keys = await deriveKeys(newSecret(), TOKEN);
  for (const key of [keys.messages, keys.files]) {
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  }
  const sealed = await sealWords(keys, place, words);
  expect(await openWords({ ...keys, messages: keys.files }, place, sealed)).toBeNull();
});

Deno.test("a key check is HKDF-SHA-256 of the secret under its own info, by an independent reckoning", async () => {
  const secret = newSecret();
  const hmac = async (key: Uint8Array<ArrayBuffer>, data: Uint8Array<ArrayBuffer>) => {
    const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, [
      "sign",
    ]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", imported, data));
  };
  // RFC 5869, 2.2 and 2.3: extract with a salt of zeros, expand by one block.
  const extracted = await hmac(new Uint8Array(32), fromBase64Url(secret)!);
  const info = new TextEncoder().encode("parley ghost key check v1\x01");
  const expected = toBase64Url((await hmac(extracted, info)).slice(0, 16));
  expect(await keyCheckOf(secret)).toBe(expected);
  expect(expected).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(await keyCheckOf(newSecret())).not.toBe(expected);
});

Deno.test("base64url gives back its bytes, and nothing for what is none", () => {
  for (let length = 0; length < 40; length++) {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    expect(toBase64Url(bytes)).toBe(bytes.toBase64({ alphabet: "base64url", omitPadding: true }));
    expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
  }
  for (const text of ["A", "A=", "A+", "A/", "é", "AB CD"]) expect(fromBase64Url(text)).toBeNull();
});
