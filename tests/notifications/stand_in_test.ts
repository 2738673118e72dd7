/** The stand-in for push services and browsers opens what the standard's own example seals, and nothing else. */
import { expect } from "expect";
import { Browser } from "../support/push_service.ts";

/** RFC 8291, 5: the receiver's keys, and the message sealed for them. */
const PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
const AUTH = "BTBZMqHH6r4Tts7J_aSIgg";
const SEALED = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml" +
  "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT" +
  "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

const base64url = { alphabet: "base64url", omitPadding: true } as const;
const bytesOf = (text: string) => Uint8Array.fromBase64(text, { alphabet: "base64url" });

function receiver(): Promise<Browser> {
  const point = bytesOf(PUBLIC);
  const [x, y] = [point.slice(1, 33), point.slice(33)].map((half) => half.toBase64(base64url));
  return Browser.holding("http://127.0.0.1/", { kty: "EC", crv: "P-256", x, y, d: PRIVATE }, AUTH);
}

Deno.test("the stand-in reads the example of RFC 8291 when it has the example's keys", async () => {
  expect(await (await receiver()).open(bytesOf(SEALED))).toBe("When I grow up, I want to be a watermelon");
});

Deno.test("the stand-in reads nothing that was changed on the way, or is sealed for another browser", async () => {
  const changed = bytesOf(SEALED);
  changed[changed.length - 1]! ^= 1;
  await expect((await receiver()).open(changed)).rejects.toThrow();
  await expect((await Browser.at("http://127.0.0.1/")).open(bytesOf(SEALED))).rejects.toThrow();
});
