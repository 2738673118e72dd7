import { isWebRefusal, type WebAsk } from "../adapters/web/web.ts";
import type { Services } from "../services.ts";
import { PAGE_MAX, readPage } from "./page.ts";
import { keepPicture } from "./picture.ts";
import type { FetchedPreview } from "./preview.ts";

/** Milliseconds for a page and its picture together. */
export const PREVIEW_PATIENCE = 5_000;

export interface FetchOptions {
  /** Ends it from outside. */
  signal?: AbortSignal;
  /** Called before each hop; what it throws is thrown. */
  visiting?: WebAsk["visiting"];
  patience?: number;
}

/**
 * What a page says about itself, with a small copy of its picture that is then in our storage. `null` when there is
 * nothing to show: no such page, no title, not HTML, not public, too slow.
 * @throws the reason of `signal` when that ended it
 */
export async function fetchPreview(
  services: Pick<Services, "web" | "images" | "storage">,
  address: string,
  { signal, visiting, patience = PREVIEW_PATIENCE }: FetchOptions = {},
): Promise<FetchedPreview | null> {
  const url = services.web.urlOf(address);
  if (!url) return null;
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), patience);
  const until = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
  try {
    const ask: WebAsk = { types: ["text/html"], bytesMax: PAGE_MAX, until, visiting };
    const page = await services.web.get(url, ask, readPage);
    if (!page) return null;
    const { picture, ...words } = page;
    const image = picture && await keepPicture(services, picture, { until, visiting });
    if (!image) signal?.throwIfAborted();
    return { url: url.href, ...words, ...(image && { image }) };
  } catch (error) {
    if (!isWebRefusal(error)) throw error;
    signal?.throwIfAborted();
    return null;
  } finally {
    clearTimeout(timer);
  }
}
