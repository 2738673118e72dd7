import { expect } from "expect";
import sharp from "sharp";
import { fetchPreview } from "../../lib/previews/fetch_preview.ts";
import { findPicture, PICTURE_MAX } from "../../lib/previews/picture.ts";
import { before } from "../support/wait.ts";
import { html, redirect, type Say } from "./servers.ts";
import { file, gallery, PAGE, picture, shop } from "./shop.ts";

Deno.test("a preview has the page's words and our own small copy of its picture", async () => {
  await using here = await shop(await gallery());
  const preview = await fetchPreview(here.services, here.at("/a#b"));
  expect(preview).toEqual({
    url: here.at("/a"),
    title: "Dusk",
    type: "website",
    image: { key: expect.stringMatching(/^[\w-]{22}$/), width: 560, height: 294 },
  });
  const stored = await findPicture(here.services, `${preview!.image!.key}.webp`);
  expect(stored!.type).toBe("image/webp");
  const metadata = await sharp(stored!.bytes).metadata();
  expect(metadata).toMatchObject({ format: "webp", width: 560, height: 294 });
  // What the camera wrote is not kept.
  expect(metadata.exif).toBe(undefined);
  expect(await here.kept()).toEqual([`${preview!.image!.key}.webp`]);
});

Deno.test("a picture is not found by a name that is none", async () => {
  await using here = await shop(await gallery());
  const { image } = (await fetchPreview(here.services, here.at("/")))!;
  for (const name of [image!.key, `${image!.key}.png`, `../previews/${image!.key}.webp`, "x.webp", ""]) {
    expect([name, await findPicture(here.services, name)]).toEqual([name, null]);
  }
});

Deno.test("a preview does without its picture when that cannot be had", async () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>`;
  const jpeg = await picture();
  const pixel = await picture(1, 1);
  const huge = `P6 20000 20000 255\n`;
  const answers: Record<string, (say: Say) => Promise<void>> = {
    "not there": (say) => say("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
    "an SVG": (say) => say(html(svg, "", "image/svg+xml")),
    "an SVG that says it is a PNG": (say) => say(html(svg, "", "image/png")),
    "a format of no browser's": (say) => say(html(huge, "", "image/png")),
    "HTML": (say) => say(PAGE),
    "a pixel that counts visits": async (say) => {
      await say(file(pixel, "image/jpeg"));
      await say(pixel);
    },
    "half of one": async (say) => {
      await say(file(jpeg, "image/jpeg"));
      await say(jpeg.subarray(0, jpeg.length / 2));
    },
    "damaged": async (say) => {
      await say(html("", "", "image/jpeg"));
      await say(jpeg.subarray(0, 400));
    },
    "at home": (say) => say(redirect("http://trap.example/dusk.jpg")),
  };
  let what = "";
  await using here = await shop(
    (say, request) => request.startsWith("GET /dusk.jpg ") ? answers[what]!(say) : say(PAGE),
    { hosts: { "trap.example": ["10.0.0.1"] } },
  );
  for (what of Object.keys(answers)) {
    const preview = await fetchPreview(here.services, here.at("/"));
    expect([what, preview]).toEqual([what, { url: here.at("/"), title: "Dusk", type: "website" }]);
  }
  expect(await here.kept()).toEqual([]);
});

Deno.test("a picture is read no further than 5 MB, and not at all when it says that it is larger", async () => {
  const bytes = new Uint8Array(16 * 1024);
  let length = "";
  await using here = await shop(async (say, request) => {
    if (!request.startsWith("GET /dusk.jpg ")) return await say(PAGE);
    await say(html("", length, "image/png"));
    while (true) await say(bytes);
  });
  expect(await fetchPreview(here.services, here.at("/"))).not.toHaveProperty("image");
  await before(here.site.deserted(), "the end of the connection");
  const first = here.web.received();
  expect(first).toBeLessThan(PICTURE_MAX * 1.1);
  expect(here.site.wrote()).toBeLessThan(4 * PICTURE_MAX);
  length = `Content-Length: ${PICTURE_MAX + 1}\r\n`;
  expect(await fetchPreview(here.services, here.at("/"))).not.toHaveProperty("image");
  await before(here.site.deserted(), "the end of the connection");
  expect(here.web.received() - first).toBeLessThan(256 * 1024);
});

Deno.test("there is no preview when there is nothing to show", async () => {
  await using here = await shop((say) => say(html("<p>no title</p>")), {
    hosts: { "trap.example": ["::1"] },
  });
  for (const address of [here.at("/"), here.at("/", "trap.example"), "http://localhost/", "not an address"]) {
    expect([address, await fetchPreview(here.services, address)]).toEqual([address, null]);
  }
  expect(here.site.requests.length).toBe(1);
});

Deno.test("page and picture share one patience", async () => {
  await using here = await shop(async (say, request) => {
    if (!request.startsWith("GET /dusk.jpg ")) return await say(PAGE);
    await say(html("", "", "image/jpeg"));
    while (true) {
      await say("x");
      await new Promise((done) => setTimeout(done, 20));
    }
  });
  const preview = await fetchPreview(here.services, here.at("/"), { patience: 1_000 });
  expect(preview).toEqual({ url: here.at("/"), title: "Dusk", type: "website" });
  await before(here.site.deserted(), "the end of the connection");
});

Deno.test("a fetch that is ended from outside says so, and does not say that there was nothing", async () => {
  const ending = new AbortController();
  await using here = await shop(async (say) => {
    await say(html("<title>"));
    ending.abort(new Error("this isolate ends"));
    while (true) {
      await say("x");
      await new Promise((done) => setTimeout(done, 5));
    }
  });
  await expect(fetchPreview(here.services, here.at("/"), { signal: ending.signal })).rejects.toThrow(
    "isolate ends",
  );
  await before(here.site.deserted(), "the end of the connection");
});
