import type { Clock as ViewClock } from "../../components/clock.ts";
import { csrfTokenFor } from "./protect.ts";
import type { Ctx } from "./state.ts";
import type { Viewer } from "../protocol/types.ts";

/** What the frame around every page needs to know of a visit. */
export interface Visit {
  viewer: Viewer | null;
  path: string;
  csrf: string;
  clock: ViewClock;
  /** The visitor's first language, as their browser says: a BCP 47 tag. */
  language: string;
}

export async function visitOf({ req, url, state: { exchange, session, services } }: Ctx): Promise<Visit> {
  const language = firstLanguage(req.headers.get("accept-language"));
  return {
    viewer: session?.viewer ?? null,
    path: url.pathname,
    // Only pages carry the token: whatever else a browser asks for meanwhile must not change its cookie.
    csrf: await csrfTokenFor(req, exchange, session),
    clock: { locale: language, timeZone: "UTC", now: new Date(services.clock()).toISOString() },
    language,
  };
}

/** The first tag of `Accept-Language` that the runtime can format dates in; English otherwise. */
function firstLanguage(header: string | null): string {
  const tag = header?.split(",")[0]?.split(";")[0]?.trim();
  try {
    return tag && Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0 ? tag : "en";
  } catch {
    return "en";
  }
}

/** A path of this site to go on to. Anything that could lead elsewhere becomes `fallback`. */
export function safePath(next: unknown, fallback: string): string {
  if (typeof next !== "string" || !/^\/(?![/\\])/.test(next)) return fallback;
  const url = URL.parse(next, "http://here");
  // `/.//elsewhere` is of this site, and its path, once it is resolved, is the address of another.
  const stays = url?.origin === "http://here" && !url.pathname.startsWith("//");
  return stays ? url.pathname + url.search : fallback;
}
