import { expect } from "expect";
import { appendMessages } from "../../db/queries/append.ts";
import { pageBefore } from "../../db/queries/messages.ts";
import { findLanguageRoom, findRoom, listLounges } from "../../db/queries/rooms.ts";
import { seed, seedLounges } from "../../db/seed.ts";
import { draft, makePeople } from "./people.ts";
import { testDatabase } from "../support/database.ts";

const LANGUAGES = ["en", "es", "fr", "de", "pt", "it", "hi", "ar", "zh", "ja", "ko", "ru"];
const DAY = 86_400_000;

Deno.test("seed adds nothing when it has run before", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const counts = async () =>
    (await sql`select (select count(*) from users) as users, (select count(*) from lounges) as lounges,
      (select count(*) from rooms) as rooms, (select count(*) from messages) as messages,
      (select sum(head_seq) from rooms) as heads`)[0]!;
  const [first, second] = await Promise.all([seed(sql), seed(sql)]);
  expect(first.rooms + second.rooms).toBe(60);
  const before = await counts();
  expect(Number(before.messages)).toBe(first.messages + second.messages);
  expect(before.heads).toBe(before.messages);
  expect(await seed(sql)).toEqual({ rooms: 0, messages: 0 });
  expect(await counts()).toEqual(before);
});

Deno.test("seed leaves rooms silent when no history is wanted, and their own words alone later", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  expect(await seedLounges(sql)).toBe(60);
  expect(await seedLounges(sql)).toBe(0);
  const room = (await findLanguageRoom(sql, "tech", "de"))!.info.id;
  const [author] = await makePeople(sql, "Jonas");
  await appendMessages(sql, [draft(room, author!, "Hallo")]);
  await seed(sql);
  expect((await pageBefore(sql, room, { reader: null, limit: 9 })).messages.map((message) => message.body))
    .toEqual([
      "Hallo",
    ]);
});

Deno.test("every lounge has its twelve rooms, each in its language and with a lively, recent history", async () => {
  await using database = await testDatabase({ seeded: true });
  const { sql } = database;
  const lounges = await listLounges(sql);
  expect(lounges.map((lounge) => lounge.slug)).toEqual(["general", "music", "tech", "games", "late-night"]);
  expect(lounges.map((lounge) => lounge.ageRating === "_18PLUS_RED")).toEqual([
    false,
    false,
    false,
    false,
    true,
  ]);
  for (const lounge of lounges) {
    expect(lounge.rooms.map((room) => room.language)).toEqual(LANGUAGES);
    for (const room of lounge.rooms) {
      expect(room.dir).toBe(room.language === "ar" ? "rtl" : "ltr");
      const { messages } = await pageBefore(sql, room.id, { reader: null, limit: 100 });
      const times = messages.map((message) => Date.parse(message.createdAt));
      expect(messages.length).toBeGreaterThanOrEqual(12);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(Date.now() - times.at(-1)!).toBeGreaterThan(0);
    }
  }
});

Deno.test("the English general room reaches back about three days and answers itself", async () => {
  await using database = await testDatabase({ seeded: true });
  const { sql } = database;
  const found = (await findLanguageRoom(sql, "general", "en"))!;
  expect(found.info).toMatchObject({
    kind: "language",
    name: "English",
    language: "en",
    lounge: { name: "General" },
  });
  expect(await findRoom(sql, found.info.id)).toEqual(found);
  expect(await findLanguageRoom(sql, "general", "tlh")).toBeNull();
  const { messages } = await pageBefore(sql, found.info.id, { reader: null, limit: 100 });
  expect(messages.length).toBe(found.headSeq);
  expect(messages.length).toBeGreaterThanOrEqual(60);
  const days = (Date.parse(messages.at(-1)!.createdAt) - Date.parse(messages[0]!.createdAt)) / DAY;
  expect(days).toBeGreaterThan(2.5);
  expect(days).toBeLessThan(3.5);
  expect(messages.filter((message) => message.replyTo).length).toBeGreaterThan(10);
});
