import { expect } from "expect";
import { ghostHref, hrefOf, inviteHref, settingsHref } from "../../components/links.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";

const id = "7" as RoomId;

Deno.test("every kind of room has its address", () => {
  const addresses = [
    hrefOf({ kind: "language", id, lounge: { slug: "music" }, language: "pt" }),
    hrefOf({ kind: "slug", id, slug: "book-club" }),
    hrefOf({ kind: "password", id }),
    hrefOf({ kind: "direct", id }),
    ghostHref("ghost-abcdefgh"),
  ];
  expect(addresses).toEqual(["/lounges/music/pt", "/r/book-club", "/p/7", "/dm/7", "/g/ghost-abcdefgh"]);
  expect([settingsHref({ id }), inviteHref("abc")]).toEqual(["/rooms/7/settings", "/i/abc"]);
});

Deno.test("a ghost room's address tells nothing of it when only its id is known", () => {
  expect(hrefOf({ kind: "ghost", id })).toBe("/g");
});
