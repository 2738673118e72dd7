import { expect } from "expect";
import type { UserId } from "../../lib/protocol/ids.ts";
import { type NamedRoom, roomNames, roomTitle } from "../../lib/protocol/room_names.ts";

const person = (id: string, name: string) => ({ id: id as UserId, name });
const [ann, ben, layla] = [person("1", "Ann"), person("2", "Ben"), person("3", "ليلى")];
const direct = (...people: NonNullable<NamedRoom["people"]>[number][]): NamedRoom => ({
  kind: "direct",
  name: "",
  people,
});

Deno.test("a language room is called by its lounge and its language", () => {
  const room: NamedRoom = { kind: "language", name: "English", lounge: { name: "General" } };
  expect(roomNames(room)).toEqual({ lounge: "General", name: "English" });
  expect(roomTitle(room)).toBe("General · English");
});

Deno.test("slug, password and ghost rooms are called by their own names", () => {
  for (const kind of ["slug", "password", "ghost"] as const) {
    expect(roomTitle({ kind, name: "Book club" }, ann.id)).toBe("Book club");
  }
});

Deno.test("a direct room is called by the others when one of its people reads it", () => {
  expect(roomTitle(direct(ann, ben, layla), ann.id)).toBe("Ben, ليلى");
  expect(roomTitle(direct(ann, ben), ben.id)).toBe("Ann");
});

Deno.test("a direct room is called by who is left when all others are gone", () => {
  expect(roomTitle(direct(ann), ann.id)).toBe("Ann");
  expect(roomTitle(direct(), ann.id)).toBe("Direct messages");
});
