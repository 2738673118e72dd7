import { expect } from "expect";
import type { GhostRoomInfo } from "../../../lib/client/ghost/calls.ts";
import { look } from "../../../lib/client/ghost/door.ts";
import { Refusal } from "../../../lib/client/refusal.ts";
import { fragmentOf, keyCheckOf, newSecret } from "../../../lib/client/sealing/key.ts";

const TOKEN = "ghost-abcdefgh12345678";
const secret = newSecret();
const infoOf = async (encrypted: boolean): Promise<GhostRoomInfo> => ({
  token: TOKEN,
  expiresAt: "2026-08-03T00:00:00Z",
  createdAt: "2026-08-02T00:00:00Z",
  participantCount: 1,
  capacity: 50,
  encrypted,
  ...(encrypted && { keyCheck: await keyCheckOf(secret) }),
});
const callsOf = (info: GhostRoomInfo) => ({ look: () => Promise.resolve(info) });
const titleAt = async (looking: ReturnType<typeof look>) => {
  const looked = await looking;
  return "barred" in looked ? looked.barred.title : "open";
};

Deno.test("a door opens when the link holds this room's key", async () => {
  const looked = await look(callsOf(await infoOf(true)), TOKEN, fragmentOf(secret));
  expect("keys" in looked && looked.keys?.token).toBe(TOKEN);
});

Deno.test("a door says that the link is cut off when the key is missing, short or another room's", async () => {
  const calls = callsOf(await infoOf(true));
  for (const fragment of ["", "#people", "#k=", fragmentOf(secret).slice(0, -3), fragmentOf(newSecret())]) {
    expect(await titleAt(look(calls, TOKEN, fragment))).toMatch(/^This link is cut off/);
  }
});

Deno.test("a plain room asks for no key", async () => {
  const looked = await look(callsOf(await infoOf(false)), TOKEN, "");
  expect("keys" in looked && looked.keys).toBe(null);
});

Deno.test("a door says what is wrong with the room, and whether asking again may help", async () => {
  const barredBy = async (code: ConstructorParameters<typeof Refusal>[0]) => {
    const looked = await look({ look: () => Promise.reject(new Refusal(code, "So it is.")) }, TOKEN, "");
    return "barred" in looked ? looked.barred : null;
  };
  expect((await barredBy("ROOM_EXPIRED"))?.title).toBe("This room's time is over");
  expect(await barredBy("ROOM_INACTIVE")).toEqual({ title: "This room is closed", text: "So it is." });
  expect((await barredBy("ROOM_NOT_FOUND"))?.title).toBe("There is no such room");
  expect(await barredBy("DISCONNECTED")).toMatchObject({ text: "So it is.", again: true });
});
