/** Which emoji this system can draw. A box with a number in it helps nobody. */

/** Some that came with each version of Unicode's emoji; the newest first. Fonts have parts of a version, too. */
const PROBES: readonly (readonly [version: number, ...chars: string[]])[] = [
  [17, "\u{1FAEA}", "\u{1F46F}\u{1F3FD}"],
  [16, "\u{1FAE9}"],
  [15.1, "\u{1F426}\u200D\u{1F525}"],
  [15, "\u{1FAE8}"],
  [14, "\u{1FAE0}"],
  [13.1, "\u{1F636}\u200D\u{1F32B}\uFE0F"],
  [13, "\u{1F972}"],
  [12.1, "\u{1F9D1}\u200D\u{1F9B0}"],
];
/** So much everybody has. */
const OLDEST = 12;
/** An emoji that every font has. */
const KNOWN = "\u{1F600}";
const PIXELS = 24;

/** The pixels of a text in this ink. */
function drawing(context: CanvasRenderingContext2D, char: string, ink: string): Uint8ClampedArray {
  context.clearRect(0, 0, PIXELS * 2, PIXELS);
  context.fillStyle = ink;
  context.fillText(char, 0, 0);
  return context.getImageData(0, 0, PIXELS * 2, PIXELS).data;
}

/** Colours that do not depend on the ink come from a colour font; what it lacks is drawn in ink, or not at all. */
function isDrawn(context: CanvasRenderingContext2D, char: string): boolean {
  // A sequence that the font does not know falls apart.
  if (context.measureText(char).width > context.measureText(KNOWN).width * 1.5) return false;
  const dark = drawing(context, char, "#000");
  const light = drawing(context, char, "#fff");
  return dark.some((value) => value > 0) && dark.every((value, index) => value === light[index]);
}

/** The newest version of which this browser draws the probes, in colour and each as one picture. Takes a few milliseconds. */
export function newestDrawn(): number {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [PIXELS * 2, PIXELS];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return Infinity;
  context.textBaseline = "top";
  context.font = `${PIXELS * 0.75}px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif`;
  return PROBES.find(([, ...chars]) => chars.every((char) => isDrawn(context, char)))?.[0] ?? OLDEST;
}
