/** What a page is, as far as it says so itself (`og:type`). */
export const PREVIEW_TYPES = ["website", "article", "video", "music", "book", "profile"] as const;
export type PreviewType = typeof PREVIEW_TYPES[number];

/** Where our small copy of a page's picture is. Another picture has another key, so it may be cached for good. */
export function previewPicturePath(key: string): string {
  return `/files/previews/${key}.webp`;
}
