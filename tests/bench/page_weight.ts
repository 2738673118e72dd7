/** How much JavaScript a page makes a browser load, compressed as it is sent: at first, and when more is asked for. */
import { bytesOf, type PageWeight, type ScriptFile, weighPage } from "../support/page_weight.ts";
import { guest, type Place } from "../support/visitor.ts";
import type { Row, Section } from "./figures.ts";

/** Files that are named one by one; the rest is told together. */
const NAMED = 8;

export async function benchPages(place: Place): Promise<Section> {
  const who = await guest(place);
  const weights = {
    "landing page": await weighPage(place, "/", ""),
    "lounges": await weighPage(place, "/lounges", ""),
    "room page": await weighPage(place, "/lounges/general/en", who.cookieHeader()),
  };
  const rows = Object.entries(weights).flatMap(([what, weight]) => rowsOf(what, weight));
  return { title: "JavaScript sent for a page, compressed", rows, raw: weights };
}

const bytes = (count: number) => `${count.toLocaleString("en")} bytes`;

function rowsOf(what: string, { first, later, inline, html }: PageWeight): Row[] {
  return [
    {
      what: `${what}, at first`,
      parley: bytes(bytesOf(first)),
      note: `${heaviest(first)}; and ${inline} bytes of inline script in the ${html} bytes of its HTML`,
    },
    { what: `${what}, when asked for`, parley: bytes(bytesOf(later)), note: heaviest(later) },
  ];
}

/** `open_room 21,798`, as built files are called, without their fingerprints. */
function heaviest(files: ScriptFile[]): string {
  const named = files.slice(0, NAMED).map(({ path, bytes }) => {
    const name = path.split("/").at(-1)!.replace(/(-[\w-]{8})?\.m?js$/, "");
    return `${name} ${bytes.toLocaleString("en")}`;
  });
  const rest = files.slice(NAMED);
  if (rest.length > 0) named.push(`${rest.length} more ${bytesOf(rest).toLocaleString("en")}`);
  return named.join(", ");
}
