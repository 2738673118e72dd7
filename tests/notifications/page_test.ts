/** The page and the REST of what somebody wants to be told. */
import { expect } from "expect";
import type { NotificationSettings } from "../../lib/protocol/forms/notifications.ts";
import { ask, slugRoom } from "../rooms/slug.ts";
import { type Member, member } from "../support/member.ts";
import { dataOf, refusal, roomOf, Visitor } from "../support/visitor.ts";
import { directRoom, houseForFile, setLevel } from "./house.ts";

const house = houseForFile();
const node = () => house().parley.node;

async function settingsOf(who: Pick<Member, "accessToken">): Promise<NotificationSettings> {
  return await dataOf(await ask(node(), who, "GET", "/api/notifications/settings"));
}

/** Sends a form of the page as a browser without scripts does. */
async function submit(who: Visitor, fields: Record<string, string>) {
  const response = await who.submit("/me/notifications", { csrf: await who.csrf(), ...fields });
  return { response, text: await response.text() };
}

const FORM = {
  step: "settings",
  directLevel: "mentions",
  roomsLevel: "all",
  hideWords: "on",
  quiet: "on",
  from: "22:00",
  to: "07:00",
  timeZone: "Europe/Madrid",
};

Deno.test("settings are what is usual until somebody says something, and stay as they were where nothing is said", async () => {
  const ann = await member(node());
  expect(await settingsOf(ann)).toEqual({
    directLevel: "all",
    roomsLevel: "mentions",
    hideWords: false,
    quiet: null,
    mutedUntil: null,
    rooms: [],
    devices: [],
  });
  const put = (change: Record<string, unknown>) =>
    ask(node(), ann, "PUT", "/api/notifications/settings", change);
  const quiet = { from: "23:15", to: "06:45", timeZone: "Asia/Tokyo" };
  expect(await dataOf(await put({ roomsLevel: "all", quiet }))).toMatchObject({
    directLevel: "all",
    roomsLevel: "all",
    quiet: { from: 1395, to: 405, timeZone: "Asia/Tokyo" },
  });
  expect(await dataOf(await put({ hideWords: true, quiet: null }))).toMatchObject({
    roomsLevel: "all",
    hideWords: true,
    quiet: null,
  });
  const { fields } = await refusal(await put({ roomsLevel: "loud", other: 1 }), 400, "VALIDATION_FAILED");
  expect(fields).toMatchObject({ roomsLevel: expect.any(String) });
});

Deno.test("the page's form works without scripts, and comes back with what was typed when something is wrong", async () => {
  const ann = await member(node());
  const { response } = await submit(ann, FORM);
  expect([response.status, response.headers.get("location")]).toEqual([
    303,
    "/me/notifications?done=settings",
  ]);
  expect(await settingsOf(ann)).toMatchObject({
    directLevel: "mentions",
    roomsLevel: "all",
    hideWords: true,
    quiet: { from: 1320, to: 420, timeZone: "Europe/Madrid" },
  });
  const { hideWords: _, ...plain } = FORM;
  const bad = await submit(ann, { ...plain, from: "23:45", to: "23:45" });
  expect(bad.response.status).toBe(400);
  expect(bad.text).toContain("Choose two different times.");
  expect(bad.text).toContain('value="23:45"');
  expect((await settingsOf(ann)).hideWords).toBe(true);
  await submit(ann, { ...plain, quiet: "" });
  expect(await settingsOf(ann)).toMatchObject({ hideWords: false, quiet: null });
});

Deno.test("a pause begins and ends by the page", async () => {
  const ann = await member(node());
  await submit(ann, { step: "mute", hours: "8" });
  const { mutedUntil } = await settingsOf(ann);
  const left = Date.parse(mutedUntil!) - house().clock();
  expect(left).toBeGreaterThan(7.9 * 3_600_000);
  expect(left).toBeLessThanOrEqual(8 * 3_600_000);
  expect((await ann.get("/me/notifications")).text).toContain("Resume");
  await submit(ann, { step: "mute", hours: "0" });
  expect((await settingsOf(ann)).mutedUntil).toBe(null);
});

Deno.test("a room's level is set by its form, and leads back to the room", async () => {
  const ann = await member(node());
  const room = await slugRoom(node(), ann, { name: "Harbour" });
  const { response } = await submit(ann, {
    step: "room",
    roomId: room.id,
    level: "nothing",
    next: `/r/${room.slug}`,
  });
  expect([response.status, response.headers.get("location")]).toEqual([303, `/r/${room.slug}`]);
  expect((await settingsOf(ann)).rooms).toEqual([{ roomId: room.id, level: "nothing" }]);
  expect((await ann.get("/me/notifications")).text).toContain("Harbour");
  const away = await submit(ann, {
    step: "room",
    roomId: room.id,
    level: "default",
    next: "https://evil.example/",
  });
  expect(away.response.headers.get("location")).toBe("/me/notifications?done=room");
  expect((await settingsOf(ann)).rooms).toEqual([]);
});

Deno.test("a level is set for rooms that somebody may read, and for no others", async () => {
  const [ann, ben, eve] = [await member(node()), await member(node()), await member(node())];
  const put = (who: Member, roomId: string, level: unknown) =>
    ask(node(), who, "PUT", `/api/notifications/rooms/${roomId}`, { level });
  const direct = await directRoom(node(), ann, ben);
  await refusal(await put(eve, direct, "all"), 403, "NOT_A_MEMBER");
  await refusal(await put(ann, "999999999", "all"), 404, "ROOM_NOT_FOUND");
  await refusal(await put(ann, direct, "loud"), 400, "VALIDATION_FAILED");
  await setLevel(node(), ann, direct, "nothing");
  await setLevel(node(), ann, (await roomOf(node())).id, "all");
  expect((await settingsOf(ann)).rooms.map(({ level }) => level).sort()).toEqual(["all", "nothing"]);
  expect((await settingsOf(ben)).rooms).toEqual([]);
});

Deno.test("a device can ask which of its notifications were read meanwhile, and learns nothing of others' reading", async () => {
  const [ann, ben] = [await house().person("Ann"), await house().person("Ben")];
  const room = await directRoom(node(), ann, ben);
  const seq = await house().say(ann, room, "one", "two");
  const read = async (who: Member) =>
    (await dataOf<{ read: string[] }>(
      await ask(node(), who, "GET", `/api/notifications/read?messages=${room}-${seq - 1},${room}-${seq}`),
    )).read;
  expect(await read(ben)).toEqual([]);
  const { sql } = house().parley.database;
  await sql`insert into read_pointers (user_id, room_id, seq) values (${ben.user.id}, ${room}, ${seq - 1})`;
  expect(await read(ben)).toEqual([`${room}-${seq - 1}`]);
  expect(await read(ann)).toEqual([]);
  await refusal(
    await ask(node(), ben, "GET", "/api/notifications/read?messages=x"),
    400,
    "VALIDATION_FAILED",
  );
});

Deno.test("devices are listed with the one that asks, and taken away by their owner alone", async () => {
  const [ann, ben] = [await house().person("Ann"), await house().person("Ben")];
  const { devices: [device] } = await settingsOf(ann);
  expect(device).toEqual({
    id: expect.any(String),
    current: true,
    userAgent: "test",
    createdAt: expect.any(String),
    reachedAt: null,
  });
  await submit(ben, { step: "device", id: device!.id });
  expect((await settingsOf(ann)).devices).toHaveLength(1);
  const { response } = await submit(ann, { step: "device", id: device!.id });
  expect(response.headers.get("location")).toBe("/me/notifications?done=device");
  expect((await settingsOf(ann)).devices).toEqual([]);
});

Deno.test("a subscription that is none is refused, and one that leads inside", async () => {
  const ann = await member(node());
  const { subscription } = await house().service.browser();
  const post = (body: Record<string, unknown>) =>
    ask(node(), ann, "POST", "/api/notifications/subscriptions", body);
  await refusal(await post({ ...subscription, keys: { p256dh: "x", auth: "y" } }), 400, "VALIDATION_FAILED");
  const { fields } = await refusal(
    await post({ ...subscription, endpoint: "https://10.0.0.1/send" }),
    400,
    "VALIDATION_FAILED",
  );
  expect(fields).toMatchObject({ endpoint: expect.stringContaining("public internet") });
});

Deno.test("the service worker is asked for anew each time, and rules the whole site", async () => {
  const response = await fetch(`${node().origin}/sw.js`);
  expect(response.headers.get("content-type")).toMatch(/^text\/javascript/);
  expect(response.headers.get("cache-control")).toBe("no-cache");
  expect(await response.text()).toContain("pushsubscriptionchange");
});
