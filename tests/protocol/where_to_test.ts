import { expect } from "expect";
import { whereTo } from "../../lib/protocol/where_to.ts";

const HERE = "https://parley.example";

Deno.test("a room is found when it is named by link, token or slug", () => {
  const token = "ghost-AbC_123-xyz";
  for (
    const [text, path] of [
      ["book-club", "/r/book-club"],
      ["  #Book-Club ", "/r/book-club"],
      ["https://parley.example/r/book-club?m=7-3", "/r/book-club?m=7-3"],
      ["parley.example/i/abcdef", "/i/abcdef"],
      ["/lounges/music/pt", "/lounges/music/pt"],
      [token, `/g/${token}`],
      [`${token}#k=secret`, `/g/${token}#k=secret`],
      [`https://parley.example/g/${token}#k=secret`, `/g/${token}#k=secret`],
    ]
  ) expect([text, whereTo(text!, HERE)]).toEqual([text, path]);
});

Deno.test("nowhere is gone to when the text names no room of this site", () => {
  for (
    const text of [
      "",
      "12345",
      "two words",
      "https://evil.example/r/book-club",
      "https://parley.example.evil.example/r/x",
      "//evil.example/r/x",
      "/\\evil.example/r/x",
      "javascript:alert(1)",
      "https://parley.example/me/security",
      "/r/",
    ]
  ) expect([text, whereTo(text, HERE)]).toEqual([text, null]);
});
