/** The product's own colours, by daylight and in the evening. */

const TOKENS = new URL("../../../lib/styles/tokens.css", import.meta.url);
const USED = ["ink", "soft", "paper", "line", "strong", "accent-text"] as const;

export type Colour = typeof USED[number];

/** @throws Error when a token is gone that plots are drawn with */
export function palette(
  css: string = Deno.readTextFileSync(TOKENS),
): Record<"light" | "dark", Record<Colour, string>> {
  const light = {} as Record<Colour, string>;
  const dark = {} as Record<Colour, string>;
  for (const name of USED) {
    const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
    if (!found) throw new Error(`tokens.css has no --${name}`);
    [light[name], dark[name]] = [found[1]!, found[2]!];
  }
  return { light, dark };
}

/** Classes that an SVG's shapes have, for both themes: an image follows the reader's own. */
export function style(): string {
  const { light, dark } = palette();
  const rules = (colours: Record<Colour, string>) =>
    Object.entries(colours).map(([name, colour]) => `.${name}{fill:${colour}}`).join("") +
    `.bare{fill:${colours.paper};stroke:${colours.strong}}`;
  return `${rules(light)}@media (prefers-color-scheme: dark){${rules(dark)}}`;
}
