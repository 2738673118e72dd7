import { expect } from "expect";
import { compressed } from "../../lib/http/compress.ts";

const PAGE = "<p>A place to talk, with the lamps on.</p>".repeat(100);

function asking(encodings?: string): Request {
  return new Request("http://localhost/", encodings ? { headers: { "accept-encoding": encodings } } : {});
}

Deno.test("a page is compressed when the client takes gzip, and comes out the same", async () => {
  const headers = new Headers();
  const body = await compressed(PAGE, asking("br, gzip;q=0.8"), headers);
  expect(headers.get("content-encoding")).toBe("gzip");
  expect(headers.get("vary")).toBe("accept-encoding");
  expect((body as Uint8Array).byteLength).toBeLessThan(PAGE.length / 10);
  const stream = new Blob([body as Uint8Array<ArrayBuffer>]).stream().pipeThrough(
    new DecompressionStream("gzip"),
  );
  expect(await new Response(stream).text()).toBe(PAGE);
});

Deno.test("a page goes as it is when the client takes no gzip, or there is little of it", async () => {
  for (const [text, encodings] of [[PAGE, undefined], [PAGE, "br"], ["<p>Hi</p>", "gzip"]] as const) {
    const headers = new Headers();
    expect(await compressed(text, asking(encodings), headers)).toBe(text);
    expect(headers.has("content-encoding")).toBe(false);
  }
});
