/** How much JavaScript a page makes a browser load, compressed as it is sent: at first, and when more is asked for. */
import { bytesOf, weighPage } from "../support/page_weight.ts";
import { guest, type Place } from "../support/visitor.ts";
import { type Measure, own } from "./figures.ts";

export async function benchPages(place: Place): Promise<Measure[]> {
  const who = await guest(place);
  const weights = {
    "landing page": await weighPage(place, "/", ""),
    "lounges": await weighPage(place, "/lounges", ""),
    "room page": await weighPage(place, "/lounges/general/en", who.cookieHeader()),
  };
  return Object.entries(weights).flatMap(([page, { first, later, inline, html }]) => [
    own("weight", page, "scripts at first", "B", bytesOf(first)),
    own("weight", page, "scripts when asked for", "B", bytesOf(later)),
    own("weight", page, "HTML", "B", html),
    own("weight", page, "inline scripts", "B", inline),
  ]);
}
