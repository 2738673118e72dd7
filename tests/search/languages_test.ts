import { expect } from "expect";
import fc from "fast-check";
import { seedLounges } from "../../db/seed.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { parleyForFile } from "../support/node.ts";
import { member } from "../support/member.ts";
import { dataOf, roomOf } from "../support/visitor.ts";
import { slugRoom } from "../rooms/slug.ts";
import { bothWays, found, marked, say } from "./support.ts";

const parley = parleyForFile();

/** What is said, and queries that find it: other forms of its words, other spellings, beginnings. */
const SAID: Record<string, { body: string; finds: string[]; misses: string[] }> = {
  en: {
    body: "The boats were rowing past the old bakeries",
    finds: ["boat", "rowed", "bakery", "the", "row bakery boats", "bak", "BOAT"],
    misses: ["booting", '"boat"', "rower", "boatxyz"],
  },
  es: {
    body: "Anoche fuimos caminando a las estaciones con los niños",
    finds: ["caminar", "estación", "estacion", "niño", "ninos", "fuimos", "cami"],
    misses: ["camión"],
  },
  fr: {
    body: "Les chevaux mangeaient près de l'école élémentaire",
    finds: ["cheval", "manger", "école", "ecole", "écoles", "l'école", "mange"],
    misses: ["chevet", "main"],
  },
  de: {
    body: "Die Häuser in der Straße wurden gestern verkauft",
    finds: ["Haus", "häuser", "strasse", "Straßen", "verkaufte", "verk"],
    misses: ["Hase"],
  },
  ru: {
    body: "Вчера мы читали книги под зелёными ёлками",
    finds: ["книга", "книгами", "читать", "елка", "ёлки", "зеленый", "ЧИТ"],
    misses: ["читатель", "книжный"],
  },
  ar: {
    body: "وَصَلَتِ الكُتُبُ الجديدة إلى المكتبة",
    finds: ["كتب", "الكتب", "والكتب", "المكتبه", "مكتبة", "وصلت", "مكت"],
    misses: ["كلاب"],
  },
  hi: {
    body: "हमने कल नई किताबें ख़रीदीं और ज़मीन पर बैठे",
    finds: ["किताब", "किताबें", "किताबों", "जमीन", "ज़मीन", "किता"],
    misses: ["कीमत"],
  },
  zh: {
    body: "昨天晚上我们在河边吃了火锅",
    finds: ["火锅", "锅", "河边吃", "火", "昨天晚上我们", "我们 火锅"],
    misses: ["锅火", "河吃", "火车"],
  },
  ja: {
    body: "新しいコーヒー豆が今朝とどきました",
    finds: ["コーヒー", "豆", "コーヒー豆", "今朝", "ｺｰﾋｰ", "とどき"],
    misses: ["紅茶", "豆コーヒー"],
  },
  ko: {
    body: "어제 학교에서 친구를 만났어요",
    finds: ["학교", "친구", "교", "학교에서", "만났어요", "친구 학교"],
    misses: ["교학", "선생"],
  },
};

Deno.test("a message is found by other forms and spellings of its words, in each language, when it is new and when it is indexed", async (test) => {
  const { node, database } = parley();
  await seedLounges(database.sql);
  const ann = await member(node);
  for (const [language, { body, finds, misses }] of Object.entries(SAID)) {
    await test.step(language, async () => {
      const room = await roomOf(node, "general", language);
      await bothWays(database.sql, () => say(node, ann, room.id, [body]), async () => {
        for (const q of finds) expect([q, await found(node, ann, q)]).toEqual([q, [body]]);
        for (const q of misses) expect([q, await found(node, ann, q)]).toEqual([q, []]);
      });
    });
  }
});

Deno.test("rooms that name no language go by the letters of each word, when several are written in one", async () => {
  const { node, database } = parley();
  const owner = await member(node);
  const { id } = await slugRoom(node, owner);
  const body = "Reading книгами with القطط and 火锅 crossings";
  await bothWays(database.sql, () => say(node, owner, id, [body]), async () => {
    for (const q of ["read", "книга", "القطط", "قطط", "锅", "crossing", "книга reads 火锅"]) {
      expect([q, await found(node, owner, `${q} in:${id}`)]).toEqual([q, [body]]);
    }
  });
});

Deno.test("what was found is marked, in the form in which it stands there", async () => {
  const { node, database } = parley();
  const owner = await member(node);
  const { id } = await slugRoom(node, owner);
  const bodies = [
    "Rowing, rows & a rowing-boat",
    "Die STRASSEN und die Straße",
    "我们在河边吃了火锅，火锅！",
    "اشتريت الكِتابَ وكتاباً",
    "green tea, greener tea",
  ];
  const one = async (q: string) => (await marked(node, owner, `${q} in:${id}`))[0];
  await bothWays(database.sql, () => say(node, owner, id, bodies), async () => {
    expect(await one("row")).toEqual(["Rowing", "rows", "rowing"]);
    expect(await one("straße")).toEqual(["STRASSEN", "Straße"]);
    expect(await one("火锅")).toEqual(["火锅", "火锅"]);
    expect(await one("كتاب")).toEqual(["الكِتابَ"]);
    expect(await one('"green tea"')).toEqual(["green tea"]);
    expect(await one("green te")).toEqual(["green", "tea", "tea"]);
  });
});

Deno.test("a message is found by any of its words when it is made of any letters", async () => {
  const { node, database } = parley();
  const owner = await member(node);
  const { id } = await slugRoom(node, owner);
  const letters = fc.constantFrom(
    ..."abcéßøžİıñ",
    ..."жщёйабв",
    ..."كتابةأإآىوال",
    ..."िकताबें",
    ..."漢字かなカナ가각ไทยที่",
    ..."0123٢٣",
  );
  const word = fc.array(letters, { minLength: 1, maxLength: 9 }).map((all) => all.join(""));
  const text = fc.array(fc.oneof(word, fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 })), {
    minLength: 1,
    maxLength: 8,
  }).map((all) => all.join(" ").replaceAll(/["“”„«»\0]/g, "").trim()).filter((text) =>
    /[\p{L}\p{N}]/u.test(text)
  );
  const bodies = fc.sample(text, { numRuns: 25, seed: 42 });
  await bothWays(database.sql, () => say(node, owner, id, bodies), async () => {
    for (const body of bodies) {
      for (const part of body.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part))) {
        // In quotes, for it may look like a filter.
        const seen = await found(node, owner, `"${part}" in:${id}`);
        expect([part, seen]).toEqual([part, expect.arrayContaining([body])]);
      }
    }
  });
});

Deno.test("the room of a language is told in what is found there", async () => {
  const { node } = parley();
  const ann = await member(node);
  const room = await roomOf(node, "music", "fr");
  await say(node, ann, room.id as RoomId, ["Une chanson inoubliable"]);
  const response = await fetch(`${node.origin}/api/search?q=inoubliable`, {
    headers: { authorization: `Bearer ${ann.accessToken}` },
  });
  const { results } = await dataOf<{ results: { room: unknown }[] }>(response);
  expect(results[0]!.room).toEqual({
    id: room.id,
    kind: "language",
    name: "Français",
    dir: "ltr",
    language: "fr",
    lounge: { slug: "music", name: "Music", ageRating: "_18PLUS" },
  });
});
