import { expect } from "expect";
import { ownRoom, roomsFor } from "../../components/lounges/order.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { LanguageRoomView } from "../../lib/protocol/types.ts";

/** `es:3` is the Spanish room with three people in it. */
function rooms(...written: string[]): LanguageRoomView[] {
  return written.map((text, index) => {
    const [language, online = "0"] = text.split(":");
    return {
      id: `${index + 1}` as RoomId,
      language: language!,
      name: language!,
      dir: "ltr",
      online: Number(online),
    };
  });
}
const tags = (list: LanguageRoomView[]) => list.map(({ language }) => language);

Deno.test("the reader's own room comes first, then their other languages, then where people are", () => {
  const list = rooms("en:1", "es", "fr:9", "de:2", "ja");
  expect(tags(roomsFor(["de-AT", "es"], list))).toEqual(["de", "es", "fr", "en", "ja"]);
  expect(tags(roomsFor([], list))).toEqual(["fr", "de", "en", "es", "ja"]);
});

Deno.test("the room that suits best is the reader's own when a language has several", () => {
  expect(ownRoom(["zh-TW", "en"], rooms("en", "zh", "zh-Hant"))?.language).toBe("zh-Hant");
  expect(ownRoom(["zh-CN"], rooms("zh-Hant", "zh"))?.language).toBe("zh");
  expect(ownRoom(["pt-BR"], rooms("pt", "pt-BR"))?.language).toBe("pt-BR");
  expect(ownRoom(["pt-PT"], rooms("en", "pt-BR"))?.language).toBe("pt-BR");
});

Deno.test("nobody is given a room of their own when none is in a language of theirs", () => {
  expect(ownRoom(["sv", "fi"], rooms("en", "de"))).toBeUndefined();
  expect(ownRoom([], rooms("en"))).toBeUndefined();
  expect(ownRoom(["en"], [])).toBeUndefined();
});

Deno.test("a later language of the reader's is taken when the first has no room", () => {
  expect(ownRoom(["sv", "de"], rooms("en", "de"))?.language).toBe("de");
});
