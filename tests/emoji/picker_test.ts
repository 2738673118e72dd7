import { expect } from "expect";
import * as data from "../../lib/client/emoji/data.gen.ts";
import { EmojiHabits } from "../../lib/client/emoji/habits.ts";
import { EmojiPicker } from "../../lib/client/emoji/picker.ts";
import { SharedStorage } from "../client/support.ts";

function pickerIn(storage = new SharedStorage(), failures = 0) {
  let loads = 0;
  const picker = new EmojiPicker({
    habits: new EmojiHabits(storage.tab()),
    load: () => ++loads <= failures ? Promise.reject(new Error("no network")) : Promise.resolve(data),
    newest: () => 17,
  });
  return { picker, storage, loads: () => loads };
}

const names = (picker: EmojiPicker) => picker.view.groups.map(({ name }) => name);

Deno.test("nothing is loaded before the picker is opened, and once when it is opened again", async () => {
  const { picker, loads } = pickerIn();
  expect([loads(), picker.view.phase]).toEqual([0, "loading"]);
  const opened = picker.open();
  expect(picker.view.phase).toBe("loading");
  await opened;
  expect([loads(), picker.view.phase, picker.view.groups.length]).toEqual([1, "ready", 9]);
  await picker.open();
  expect(loads()).toBe(1);
});

Deno.test("it says so and tries again when the data does not come", async () => {
  const { picker, loads } = pickerIn(undefined, 1);
  await picker.open();
  expect(picker.view.phase).toBe("failed");
  await picker.open();
  expect([loads(), picker.view.phase]).toEqual([2, "ready"]);
});

Deno.test("what was used stands first at the next opening, in every tab, when it was used anywhere", async () => {
  const { picker, storage } = pickerIn();
  await picker.open();
  picker.used("🔥");
  picker.used("👋🏽");
  picker.used("🔥");
  // Nothing moves under the hand.
  expect(names(picker)).toHaveLength(9);
  for (const { picker: other } of [{ picker }, pickerIn(storage)]) {
    await other.open();
    expect(other.view.groups[0]).toMatchObject({ name: "Recently used", recent: true });
    expect(other.view.groups[0]!.emoji.map(({ emoji }) => emoji)).toEqual(["🔥", "👋"]);
  }
});

Deno.test("no more than three lines are kept when much is used, and nonsense in the store does no harm", async () => {
  const { picker, storage } = pickerIn();
  await picker.open();
  for (const { emoji } of picker.view.groups[3]!.emoji.slice(0, 40)) picker.used(emoji);
  await picker.open();
  expect(picker.view.groups[0]!.emoji).toHaveLength(24);
  storage.tab().set("parley:emoji:recent", "🔥 <b> x");
  storage.tab().set("parley:emoji:tone", "12");
  const { picker: other } = pickerIn(storage);
  await other.open();
  expect(other.view.groups[0]!.emoji.map(({ emoji }) => emoji)).toEqual(["🔥"]);
  expect(other.view.tone).toBe(0);
});

Deno.test("hands change and groups without hands stay the same objects when a skin tone is chosen", async () => {
  const { picker, storage } = pickerIn();
  await picker.open();
  const [, people, animals] = picker.view.groups;
  picker.choose(4);
  expect(picker.view.groups[2]).toBe(animals);
  expect(picker.view.groups[1]).not.toBe(people);
  expect(picker.view.groups[1]!.emoji[0]!.emoji).toBe("👋🏾");
  const { picker: other } = pickerIn(storage);
  await other.open();
  expect([other.view.tone, other.view.groups[1]!.emoji[0]!.emoji]).toEqual([4, "👋🏾"]);
  expect((await other.suggest("wave", 1))[0]!.emoji).toBe("👋🏾");
});

Deno.test("one group of what was found takes the place of all when something is searched for", async () => {
  const { picker } = pickerIn();
  const opened = picker.open();
  // Typed before the data was there.
  picker.search("rocket");
  await opened;
  expect(names(picker)).toEqual(["Found"]);
  expect(picker.view.groups[0]!.emoji[0]).toEqual({ emoji: "🚀", name: "rocket", code: "rocket" });
  picker.search("qwxz");
  expect(picker.view.groups).toEqual([]);
  picker.search(" ");
  expect(names(picker)).toHaveLength(9);
  picker.search("rocket");
  await picker.open();
  expect(picker.view.query).toBe("");
});
