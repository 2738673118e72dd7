/** Previews as they are asked for, fetched once for everybody, kept and forgotten. */
import { expect } from "expect";
import type { Delivery } from "../../lib/adapters/delivery.ts";
import { startWorker } from "../../lib/jobs/worker.ts";
import { askForPreviews } from "../../lib/previews/ask.ts";
import { FOUND_FOR, NOTHING_FOR } from "../../lib/previews/perform.ts";
import { removeOldPreviews } from "../../lib/previews/stale.ts";
import { until } from "../support/wait.ts";
import { Gate } from "./gate.ts";
import { html } from "./servers.ts";
import { gallery, shop } from "./shop.ts";

const titled = (title: string) => html(`<title>${title}</title>`);

Deno.test("what stands behind a link is known once its job is done, however the link is written", async () => {
  await using here = await shop(await gallery());
  const link = here.at("/a#section");
  expect(await askForPreviews(here.services, await here.person(), [link])).toBe(1);
  expect(await here.known([link])).toEqual(new Map());
  const [job] = await here.jobs();
  expect(await here.perform(job!)).toEqual({ found: true });
  const other = here.at("/a").replace("page", "PAGE");
  const found = await here.known([link, other, here.at("/b"), "no link"]);
  const preview = { url: here.at("/a"), title: "Dusk", image: expect.stringMatching(/^[\w-]{22}$/) };
  expect(found).toEqual(new Map([[link, preview], [other, preview]]));
});

Deno.test("a link's preview comes by itself where workers do the jobs", async () => {
  await using here = await shop(await gallery());
  const worker = await startWorker(here.services, {} as Delivery);
  try {
    await askForPreviews(here.services, await here.person(), [here.at("/")]);
    const preview = await until(
      "a preview",
      async () => (await here.known([here.at("/")])).get(here.at("/")),
    );
    expect(preview).toMatchObject({ title: "Dusk", image: expect.any(String) });
    await until("the job's end", async () => {
      const [job] = await here.services.sql`select state, result from jobs where kind = 'fetch-preview'`;
      return job!.state === "done" && job!.result.found === true;
    });
  } finally {
    await worker.stop();
  }
});

Deno.test("an address is asked for once, however many post it at the same time", async () => {
  await using here = await shop((say) => say(titled("x")));
  const people = await Promise.all(Array.from({ length: 8 }, () => here.person()));
  const asked = await Promise.all(
    people.map((person) =>
      askForPreviews(here.services, person, [here.at("/"), here.at("/#a"), here.at("/")])
    ),
  );
  expect(asked.reduce((sum, count) => sum + count)).toBe(1);
  const jobs = await here.jobs();
  expect(jobs.length).toBe(1);
  await here.perform(jobs[0]!);
  expect(await askForPreviews(here.services, people[0]!, [here.at("/")])).toBe(0);
  expect(here.site.requests.length).toBe(1);
});

Deno.test("an address is fetched by one isolate at a time when a job comes twice", async () => {
  const gate = new Gate();
  await using here = await shop(async (say) => {
    await gate.pass();
    await say(titled("x"));
  });
  await askForPreviews(here.services, await here.person(), [here.at("/")]);
  const [job] = await here.jobs();
  const first = here.perform(job!);
  await gate.reached();
  expect(await here.perform(job!)).toEqual({ found: false });
  gate.open();
  expect(await first).toEqual({ found: true });
  expect(await here.perform(job!)).toEqual({ found: false });
  expect(here.site.requests.length).toBe(1);
});

Deno.test("an address is fetched by another isolate when the one that had it died, whose late word is not kept", async () => {
  const gate = new Gate();
  await using here = await shop(async (say) => {
    const slow = here.site.requests.length === 1;
    if (slow) await gate.pass();
    await say(titled(slow ? "late" : "in time"));
  });
  await askForPreviews(here.services, await here.person(), [here.at("/")]);
  const [job] = await here.jobs();
  const dead = here.perform(job!);
  await gate.reached();
  here.clock.advance(31_000);
  expect(await here.perform(job!)).toEqual({ found: true });
  gate.open();
  expect(await dead).toEqual({ found: false });
  expect((await here.known([here.at("/")])).get(here.at("/"))?.title).toBe("in time");
});

Deno.test("an address can be asked for again when its job never ran", async () => {
  await using here = await shop((say) => say(titled("x")));
  const person = await here.person();
  await askForPreviews(here.services, person, [here.at("/")]);
  const [lost] = await here.jobs();
  expect(await askForPreviews(here.services, person, [here.at("/")])).toBe(0);
  here.clock.advance(61_000);
  expect(await askForPreviews(here.services, person, [here.at("/")])).toBe(1);
  const [job] = await here.jobs();
  expect(await here.perform(lost!)).toEqual({ found: false });
  expect(await here.perform(job!)).toEqual({ found: true });
});

Deno.test("what was found stands a day, and that nothing was an hour", async () => {
  let page = titled("one");
  await using here = await shop((say) => say(page));
  const person = await here.person();
  const link = here.at("/");
  const askAndFetch = async () => {
    const asked = await askForPreviews(here.services, person, [link]);
    for (const job of await here.jobs()) await here.perform(job);
    return [asked, (await here.known([link])).get(link)?.title];
  };
  expect(await askAndFetch()).toEqual([1, "one"]);
  page = titled("two");
  here.clock.advance(FOUND_FOR - 60_000);
  expect(await askAndFetch()).toEqual([0, "one"]);
  here.clock.advance(120_000);
  expect(await askAndFetch()).toEqual([1, "two"]);
  page = html("");
  here.clock.advance(FOUND_FOR + 1);
  expect(await askAndFetch()).toEqual([1, undefined]);
  page = titled("three");
  here.clock.advance(NOTHING_FOR - 60_000);
  expect(await askAndFetch()).toEqual([0, undefined]);
  here.clock.advance(120_000);
  expect(await askAndFetch()).toEqual([1, "three"]);
});

Deno.test("a preview is shown while it is fetched anew, and its old picture goes when there is another", async () => {
  await using here = await shop(await gallery());
  const person = await here.person();
  const link = here.at("/");
  await askForPreviews(here.services, person, [link]);
  await here.perform((await here.jobs())[0]!);
  const [old] = await here.kept();
  here.clock.advance(FOUND_FOR + 1);
  await askForPreviews(here.services, person, [link]);
  expect(`${(await here.known([link])).get(link)?.image}.webp`).toBe(old);
  await here.perform((await here.jobs())[0]!);
  await here.mention(link);
  await removeOldPreviews(here.services);
  const kept = await here.kept();
  expect(kept.length).toBe(1);
  expect(kept).not.toEqual([old]);
});

Deno.test("a message's first three links get previews, and none that is no page of the web", async () => {
  await using here = await shop((say) => say(titled("x")));
  const links = [
    "http://localhost/",
    "file:///etc/passwd",
    ...["/1", "/1#x", "/2", "/3", "/4"].map((path) => here.at(path)),
  ];
  expect(await askForPreviews(here.services, await here.person(), links)).toBe(3);
  const urls = (await here.jobs()).map(({ url }) => url);
  expect(urls.toSorted()).toEqual(["/1", "/2", "/3"].map((path) => here.at(path)));
});

Deno.test("somebody who posts links all the time gets no more previews; others do, and so do known ones", async () => {
  await using here = await shop((say) => say(titled("x")), { limitsFactor: 0.2 });
  const [eager, calm] = [await here.person(), await here.person()];
  const ask = (person: typeof eager, path: string) => askForPreviews(here.services, person, [here.at(path)]);
  expect(await ask(eager, "/1")).toBe(1);
  expect(await ask(eager, "/2")).toBe(1);
  expect(await ask(eager, "/3")).toBe(0);
  expect(await ask(calm, "/3")).toBe(1);
  here.clock.advance(60_000);
  expect(await ask(eager, "/4")).toBe(1);
});

Deno.test("a server is visited no more often than is polite: its jobs come again later", async () => {
  await using here = await shop((say) => say(titled("x")), { limitsFactor: 0.1 });
  const asked = [];
  for (const path of ["/1", "/2"]) {
    await askForPreviews(here.services, await here.person(), [here.at(path)]);
    asked.push((await here.jobs())[0]!);
  }
  await askForPreviews(here.services, await here.person(), [here.at("/", "other.example")]);
  const [elsewhere] = await here.jobs();
  expect(await here.perform(asked[0]!)).toEqual({ found: true });
  await expect(here.perform(asked[1]!)).rejects.toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
  expect(await here.perform(elsewhere!)).toEqual({ found: true });
  expect(here.site.requests.length).toBe(2);
  here.clock.advance(30_000);
  expect(await here.perform(asked[1]!)).toEqual({ found: true });
});

Deno.test("a fetch that its isolate's end cut off is done by another, and nothing is said until then", async () => {
  const ending = new AbortController();
  await using here = await shop(async (say) => {
    if (here.site.requests.length > 1) return await say(titled("x"));
    ending.abort(new Error("this isolate ends"));
    await new Promise((done) => setTimeout(done, 5));
    await say(titled("cut off"));
  });
  await askForPreviews(here.services, await here.person(), [here.at("/")]);
  const [job] = await here.jobs();
  await expect(here.perform(job!, ending.signal)).rejects.toThrow("isolate ends");
  expect(await here.perform(job!)).toEqual({ found: true });
});

Deno.test("a claim that cannot be put in as a job is none", async () => {
  await using here = await shop((say) => say(titled("x")));
  const person = await here.person();
  const failing = {
    ...here.services,
    jobs: { ...here.services.jobs, enqueue: () => Promise.reject(new Error("no")) },
  };
  await expect(askForPreviews(failing, person, [here.at("/")])).rejects.toThrow("no");
  expect(await askForPreviews(here.services, person, [here.at("/")])).toBe(1);
});

Deno.test("the clean-up removes what has expired or is named by nobody, and pictures that are shown nowhere", async () => {
  const answer = await gallery();
  await using here = await shop((say, request, gone) =>
    request.includes("/nothing") ? say(html("")) : answer(say, request, gone)
  );
  const left = async () => [await removeOldPreviews(here.services), (await here.kept()).length];
  const unmention = await here.mention(here.at("/old"));
  await here.mention(here.at("/nothing"));
  const paths = ["/old", "/nothing", "/unnamed"].map((path) => here.at(path));
  await askForPreviews(here.services, await here.person(), paths);
  for (const job of await here.jobs()) await here.perform(job);
  expect((await here.kept()).length).toBe(2);
  expect(await left()).toEqual([1, 1]);
  here.clock.advance(NOTHING_FOR + 1);
  expect(await left()).toEqual([1, 1]);
  here.clock.advance(FOUND_FOR);
  expect(await left()).toEqual([1, 1]);
  expect(await here.services.sql`select 1 from link_previews`).toEqual([]);
  await unmention();
  expect(await left()).toEqual([0, 0]);
  expect(await here.services.sql`select 1 from let_go_pictures`).toEqual([]);
});

Deno.test("what is being fetched stays when the clean-up comes by", async () => {
  await using here = await shop((say) => say(titled("x")));
  await askForPreviews(here.services, await here.person(), [here.at("/")]);
  const [job] = await here.jobs();
  expect(await removeOldPreviews(here.services)).toBe(0);
  expect(await here.perform(job!)).toEqual({ found: true });
});
