/** What visitors see of lounges: by their age category, and in their own language. */
import { expect } from "expect";
import type { LoungeView } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf, guest, Visitor } from "../support/visitor.ts";

const parley = parleyForFile();

const RED = "late-night";
const LANGUAGES = ["en", "es", "fr", "de", "pt", "it", "hi", "ar", "zh", "ja", "ko", "ru"];

/** The languages of a lounge's doors on a page, in their order. */
function doorsOf(page: string, lounge: string): string[] {
  const card = new RegExp(`<section id="lounge-${lounge}"[\\s\\S]*?</section>`).exec(page)![0];
  const list = /<ul[\s\S]*<\/ul>/.exec(card)![0];
  return [...list.matchAll(new RegExp(`href="/lounges/${lounge}/([\\w-]+)"`, "g"))].map(([, tag]) => tag!);
}

/** The languages of the doors that are marked as the reader's own. */
function marked(page: string): string[] {
  return [...page.matchAll(/<bdi lang="([\w-]+)"[^>]*>[^<]*<\/bdi><\/span><span[^>]*>Your language/g)].map((
    [, tag],
  ) => tag!);
}

/** Where the main button of a lounge's page leads. */
function mainDoor(page: string): string | undefined {
  return /<a href="(\/lounges\/[^"]+)" class="[^"]*bg-accent text-accent-ink[^"]*">[\s\S]{0,600}?Enter /.exec(
    page,
  )?.[1];
}

async function pageFor(header: string | null, path: string, visitor = new Visitor(parley().node)) {
  const headers: Record<string, string> = header === null ? {} : { "accept-language": header };
  const { response, text } = await visitor.get(path, headers);
  expect(response.status).toBe(200);
  return text;
}

Deno.test("the reader's own language comes first and is marked when their browser names it", async (test) => {
  const headers: Record<string, string> = {
    "es": "es",
    "es-MX,es;q=0.9,en;q=0.8": "es",
    "en;q=0.5, ja": "ja",
    "sv, zh-TW;q=0.9, en;q=0.1": "zh",
    "AR-eg": "ar",
    "*;q=0.1, pt-PT": "pt",
    "fr;q=0, ru;q=0.2": "ru",
  };
  for (const [header, own] of Object.entries(headers)) {
    await test.step(header, async () => {
      const list = await pageFor(header, "/lounges");
      for (const lounge of ["general", "music", "tech", "games"]) {
        const doors = doorsOf(list, lounge);
        expect(doors[0]).toBe(own);
        expect([...doors].sort()).toEqual([...LANGUAGES].sort());
      }
      expect(marked(list)).toEqual([own, own, own, own]);
      const page = await pageFor(header, "/lounges/general");
      expect([doorsOf(page, "general")[0], marked(page), mainDoor(page)]).toEqual([
        own,
        [own],
        `/lounges/general/${own}`,
      ]);
    });
  }
});

Deno.test("nothing is marked and every room is there when the header says nothing of use", async (test) => {
  const garbage = [
    "",
    "*",
    "sv, fi",
    ";;;q=,,",
    "<script>alert(1)</script>",
    "en;q=0",
    "x".repeat(4000),
    "%00,../..",
  ];
  for (const header of garbage) {
    await test.step(header.slice(0, 40) || "nothing", async () => {
      for (const path of ["/lounges", "/lounges/general"]) {
        const page = await pageFor(header, path);
        expect([marked(page), mainDoor(page)]).toEqual([[], undefined]);
        expect(doorsOf(page, "general").sort()).toEqual([...LANGUAGES].sort());
        expect(page).not.toContain("alert(1)");
      }
    });
  }
});

Deno.test("a member's own languages win when their browser says others", async () => {
  const ann = await member(parley().node);
  const path = "/lounges/general";
  expect(mainDoor(await pageFor("de", path, ann))).toBe("/lounges/general/de");
  const headers = { "content-type": "application/json", "x-csrf-token": await ann.csrf() };
  const body = JSON.stringify({ languages: ["sw", "ko", "it"] });
  await dataOf(await ann.fetch("/api/me/profile", { method: "PATCH", headers, body }));
  const page = await pageFor("de", path, ann);
  expect([marked(page), mainDoor(page)]).toEqual([["ko"], "/lounges/general/ko"]);
  expect(doorsOf(page, "general").slice(0, 3)).toEqual(["ko", "it", "de"]);
  expect(doorsOf(await pageFor("de", "/lounges", ann), "music")[0]).toBe("ko");
});

Deno.test("a guest's browser decides when they have no profile", async () => {
  const page = await pageFor("hi-IN", "/lounges/general", await guest(parley().node));
  expect(mainDoor(page)).toBe("/lounges/general/hi");
});

Deno.test("list, pages and REST agree on who enters a RED lounge when anybody asks", async (test) => {
  const { node } = parley();
  const ann = await member(node);
  await parley().database.sql`update users set age_category = '_18PLUS_RED' where id = ${ann.user.id}`;
  const kinds: [name: string, visitor: Visitor, enters: boolean, turnedAway: number][] = [
    ["nobody", new Visitor(node), false, 303],
    ["a guest", await guest(node), false, 403],
    ["a member", await member(node), false, 403],
    ["an admin who did not ask", await member(node, { role: "ADMIN" }), false, 403],
    ["a RED guest", await guest(node, { red: true }), true, 0],
    ["a RED member", ann, true, 0],
  ];
  for (const [name, visitor, enters, turnedAway] of kinds) {
    await test.step(name, async () => {
      const lounges = await dataOf<LoungeView[]>(await visitor.fetch("/api/chatroom/lounges"));
      const red = lounges.find(({ slug }) => slug === RED)!;
      const { text } = await visitor.get("/lounges");
      expect(text.includes(`/lounges/${RED}/`)).toBe(enters);
      expect(text.includes("RED lounges are not shown")).toBe(!enters);
      const inside = [`/lounges/${RED}`, `/lounges/${RED}/en`];
      for (const path of inside) {
        expect([path, (await visitor.get(path)).response.status]).toEqual([path, enters ? 200 : turnedAway]);
      }
      const history = await visitor.get(`/api/chatroom/rooms/${red.rooms[0]!.id}/messages`);
      expect(history.response.status).toBe(enters ? 200 : turnedAway === 303 ? 401 : 403);
      // That the lounge is there, and that it is RED, is for programs to know: see docs/decisions.
      expect(red.ageRating).toBe("_18PLUS_RED");
      const rooms = await visitor.fetch(`/api/chatroom/lounges/${RED}/rooms`);
      expect(await dataOf(rooms)).toEqual(red.rooms);
    });
  }
});
