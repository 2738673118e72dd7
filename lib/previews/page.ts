import { isWebRefusal, type WebAnswer } from "../adapters/web/web.ts";
import { createPageDecoder } from "./charset.ts";
import { createHeadReader, type PageHead } from "./head.ts";
import { PREVIEW_TYPES, type PreviewType } from "../protocol/previews.ts";
import { DESCRIPTION_MAX, type PreviewWords, SITE_NAME_MAX, TITLE_MAX } from "./preview.ts";
import { tidyWords } from "./words.ts";

/** Read of a page at most: heads stand at the top. */
export const PAGE_MAX = 512 * 1024;

export interface PageFacts extends PreviewWords {
  /** Where the page says its picture is. */
  picture?: URL;
}

/**
 * Reads a page no further than its head, and says what that says; `null` when it has no title.
 * @throws WebRefusal
 */
export async function readPage({ url, charset, body }: WebAnswer): Promise<PageFacts | null> {
  const decoder = createPageDecoder(charset);
  const reader = createHeadReader();
  try {
    for await (const bytes of body) if (reader.write(decoder.decode(bytes))) break;
  } catch (error) {
    // A head that never ends may have told what we want to know.
    if (!isWebRefusal(error) || error.reason !== "too-large") throw error;
  }
  reader.write(decoder.end());
  return factsOf(reader.head(), url);
}

function factsOf({ title: plainTitle, base, meta }: PageHead, url: URL): PageFacts | null {
  const first = (...names: string[]) =>
    names.map((name) => meta.get(name)).find((value) => value !== undefined);
  const title = tidyWords(first("og:title", "twitter:title"), TITLE_MAX) ?? tidyWords(plainTitle, TITLE_MAX);
  if (title === undefined) return null;
  const description = tidyWords(
    first("og:description", "twitter:description", "description"),
    DESCRIPTION_MAX,
  );
  const siteName = tidyWords(first("og:site_name"), SITE_NAME_MAX);
  const address = first(
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
  );
  const picture = address && URL.parse(address.trim(), (base && URL.parse(base, url)) || url);
  return {
    title,
    type: typeOf(meta.get("og:type")),
    ...(description !== undefined && { description }),
    ...(siteName !== undefined && { siteName }),
    ...(picture && { picture }),
  };
}

/** `video.movie` is a video. */
function typeOf(given = ""): PreviewType {
  const name = given.trim().toLowerCase().split(".")[0];
  return PREVIEW_TYPES.find((type) => type === name) ?? "website";
}
