import type { Attachment } from "../../lib/protocol/types.ts";
import type { IconName } from "../ui/Icon.tsx";

type Typed = Pick<Attachment, "type">;

const KINDS: [type: RegExp, icon: IconName, words: string][] = [
  [/^image\//, "picture", "Picture"],
  [/^audio\//, "music", "Sound"],
  [/^video\//, "film", "Film"],
  [/^text\//, "text", "Text"],
  [/^application\/(pdf|rtf|msword|vnd\.)/, "text", "Document"],
  [/zip|compressed|x-tar|gzip/, "archive", "Archive"],
];

/** The drawing that stands for a file, by what was found in it. */
export function iconOf({ type }: Typed): IconName {
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? "file";
}

/** What kind of file it is, in a word. */
export function kindWords({ type }: Typed): string {
  return KINDS.find(([pattern]) => pattern.test(type))?.[2] ?? "File";
}

/** Pixels on the page. */
export interface Place {
  width: number;
  height: number;
}

const WIDEST = 360;
const HIGHEST = 320;
/** A finger must find it. */
const LEAST = 44;

/** The room a picture takes before it has come, in its own proportions: never larger than it is. */
export function placeOf({ width = LEAST, height = LEAST }: Pick<Attachment, "width" | "height">): Place {
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return {
    width: Math.max(LEAST, Math.round(width * scale)),
    height: Math.max(LEAST, Math.round(height * scale)),
  };
}
