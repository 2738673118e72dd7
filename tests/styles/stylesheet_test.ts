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

Deno.test("the stylesheet stays small and runs both ways", () => {
  const { css } = makeStylesheet(root);
  expect(css.length).toBeLessThan(48_000);
  expect(css).toContain("padding-inline-start");
  expect(css).not.toMatch(/[{;]padding-left:/);
});
