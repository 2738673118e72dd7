import type { PreviewType } from "../protocol/previews.ts";

/** Longest that is kept, in UTF-16 units. */
export const TITLE_MAX = 200;
export const DESCRIPTION_MAX = 400;
export const SITE_NAME_MAX = 80;

/** A page's own words about itself. Never HTML. */
export interface PreviewWords {
  title: string;
  description?: string;
  siteName?: string;
  type: PreviewType;
}

/** What was found behind an address. */
export interface FetchedPreview extends PreviewWords {
  /** In the one form that the same page always has. */
  url: string;
  image?: PreviewPicture;
}

/** Our own small copy of a page's picture; sizes in pixels. */
export interface PreviewPicture {
  /** Names the file. Random, so that nobody who was not shown it finds it. */
  key: string;
  width: number;
  height: number;
}
