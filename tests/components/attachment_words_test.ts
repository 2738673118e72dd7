import { expect } from "expect";
import { iconOf, kindWords, placeOf } from "../../components/room/attachment_words.ts";

Deno.test("a picture takes a place of its own proportions, never larger than it is nor too small for a finger", () => {
  const places: [width: number, height: number, place: [number, number]][] = [
    [4000, 3000, [360, 270]],
    [3000, 4000, [240, 320]],
    [200, 100, [200, 100]],
    [3, 2, [44, 44]],
    [4000, 20, [360, 44]],
  ];
  for (const [width, height, place] of places) {
    expect(Object.values(placeOf({ width, height }))).toEqual(place);
  }
});

Deno.test("a file is named by what was found in it", () => {
  const kinds: [type: string, icon: string, words: string][] = [
    ["application/pdf", "text", "Document"],
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text", "Document"],
    ["application/zip", "archive", "Archive"],
    ["audio/mpeg", "music", "Sound"],
    ["video/mp4", "film", "Film"],
    ["text/plain", "text", "Text"],
    ["image/heic", "picture", "Picture"],
    ["application/octet-stream", "file", "File"],
  ];
  for (const [type, icon, words] of kinds) {
    expect([iconOf({ type }), kindWords({ type })]).toEqual([icon, words]);
  }
});
