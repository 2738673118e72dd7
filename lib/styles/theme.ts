/** What the class names mean. Colours are the variables of tokens.css, so that a theme is a matter of the page. */
import {
  type BaseTheme,
  defineConfig,
  match,
  matchTheme,
  type Rule,
  type TwindPresetConfig,
  type Variant,
} from "@twind/core";
import presetAutoprefix from "@twind/preset-autoprefix";
import presetTailwind, { type TailwindTheme } from "@twind/preset-tailwind/base";

type Theme = TailwindTheme & BaseTheme;

const COLOURS = [
  "ink",
  "soft",
  "paper",
  "raised",
  "sunken",
  "hover",
  "line",
  "strong",
  "accent",
  "accent-hover",
  "accent-ink",
  "accent-text",
  "accent-soft",
  "info",
  "info-soft",
  "good",
  "good-soft",
  "warn",
  "warn-soft",
  "bad",
  "bad-soft",
  "red-lounge",
  "red-lounge-soft",
];

const colours = {
  transparent: "transparent",
  current: "currentColor",
  ...Object.fromEntries(COLOURS.map((name) => [name, `var(--${name})`])),
};

/** Start and end instead of left and right: Arabic rooms run the other way. The preset knows only left and right. */
const rules: Rule<Theme>[] = [
  matchTheme("ps-", "padding", "paddingInlineStart"),
  matchTheme("pe-", "padding", "paddingInlineEnd"),
  matchTheme("ms-", "margin", "marginInlineStart"),
  matchTheme("me-", "margin", "marginInlineEnd"),
  matchTheme("start-", "inset", "insetInlineStart"),
  matchTheme("end-", "inset", "insetInlineEnd"),
  matchTheme("border-s(?:$|-)", "borderWidth", "borderInlineStartWidth"),
  matchTheme("border-e(?:$|-)", "borderWidth", "borderInlineEndWidth"),
  match("text-(start|end)", "textAlign"),
  matchTheme("size-", "width", ({ _ }) => ({ width: _, height: _ })),
  // The second height counts without the phone's bars, where the browser knows it.
  match("tall", { height: ["100vh", "100dvh"] }),
  match("safe-bottom", { paddingBottom: "env(safe-area-inset-bottom)" }),
];

/**
 * `has-hover:` styles wait for a real pointer, so that a tap leaves nothing hovered behind; `no-script:` ones are for
 * browsers that run none.
 */
const variants: Variant<Theme>[] = [
  ["has-hover", "@media (hover: hover)"],
  ["no-hover", "@media (hover: none)"],
  ["no-script", "@media (scripting: none)"],
];

/** Parley's own scale over the preset's. */
const parley: TwindPresetConfig<Theme> = {
  rules,
  variants,
  theme: {
    colors: colours,
    screens: { sm: "640px", md: "768px", lg: "1024px", xl: "1280px" },
    borderRadius: { none: "0", sm: "6px", DEFAULT: "10px", lg: "16px", full: "9999px" },
    boxShadow: { none: "none", DEFAULT: "var(--shadow)" },
    fontSize: {
      xs: ["0.75rem", "1rem"],
      sm: ["0.875rem", "1.25rem"],
      base: ["1rem", "1.5rem"],
      lg: ["1.125rem", "1.625rem"],
      xl: ["1.375rem", "1.75rem"],
      "2xl": ["1.75rem", "2.125rem"],
      "3xl": ["2.5rem", "2.75rem"],
    },
    extend: {
      maxWidth: { words: "72ch", form: "30rem", page: "72rem" },
    },
  },
};

/** The configuration of the build-time Twind: no preflight (base.css is it), no hashing, readable class names. */
export function twindConfig() {
  return defineConfig({
    presets: [presetAutoprefix(), presetTailwind({ disablePreflight: true }), parley],
    hash: false,
    preflight: false,
  });
}
