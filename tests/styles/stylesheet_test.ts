import { expect } from "expect";
import { classNames } from "../../lib/styles/class_names.ts";
import { makeStylesheet } from "../../lib/styles/stylesheet.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

Deno.test("class names are read from class attributes and cx calls, and from nowhere else", () => {
  const source = `
    import { p } from "not-a-class";
    const looks = cx("flex gap-2", open && "hidden", \`hue-\${n} rounded\`);
    <a title="title words" class="px-4" iconClass={wide ? "w-4" : "w-2"} />`;
  expect([...classNames(source)].sort()).toEqual([
    "flex",
    "gap-2",
    "hidden",
    "px-4",
    "rounded",
    "w-2",
    "w-4",
  ]);
});

Deno.test("every class name in the sources has a rule", () => {
  expect(makeStylesheet(root).unknown).toEqual([]);
});

Deno.test("the stylesheet stays small", () => {
  expect(makeStylesheet(root).css.length).toBeLessThan(48_000);
});

Deno.test("no class means left or right alone, so that every page runs both ways", () => {
  expect(makeStylesheet(root).css).not.toMatch(
    /[.:](pl|pr|ml|mr|left|right|border-l|border-r|text-left|text-right)(-[\d[]|\{)/,
  );
});
