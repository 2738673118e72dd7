/** What files are called: shown to people, put into headers, and used for nothing else. */

const LONGEST = 120;
const EXTENSION_MAX = 16;
const NAMELESS = "file";
/** Control characters, halves of characters, and what is not seen or turns the direction of text around. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
/** No system's folders take these in names. */
const UNFIT = /[<>:"|?*]/g;
const EXTENSION = /\.[^.\s]{1,16}$/u;
const OF_PICTURES = /\.(jpe?g|jfif|png|apng|webp|gif|avif)$/i;
const PICTURE_EXTENSIONS: Record<string, RegExp> = {
  "image/jpeg": /\.(jpe?g|jfif)$/i,
  "image/png": /\.png$/i,
  "image/webp": /\.webp$/i,
};

/** The last part of whatever path was sent, fit to be shown and saved: at most 120 characters, never empty. */
export function fileName(said: string): string {
  const parts = said.normalize("NFC").replaceAll(UNSEEN, "").split(/[/\\]/).map(trimmed);
  const name = parts.findLast((part) => part !== "")?.replaceAll(UNFIT, "_") ?? "";
  return shortened(name) || NAMELESS;
}

/** The name of a picture that was written anew: it ends as its type says. */
export function pictureName(name: string, type: string): string {
  if (PICTURE_EXTENSIONS[type]?.test(name)) return name;
  const extension = type.replace("image/", ".").replace("jpeg", "jpg");
  return shortened(name.replace(OF_PICTURES, "") + extension);
}

/** Dots before a name hide the file, dots and spaces after it vanish on some systems. */
function trimmed(part: string): string {
  return part.replace(/^[.\s]+/u, "").replace(/[.\s]+$/u, "");
}

/** The end tells what it is, so the middle goes. Characters are counted as people count them. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= LONGEST) return name;
  const [extension = ""] = EXTENSION.exec(characters.slice(-EXTENSION_MAX - 1).join("")) ?? [];
  return trimmed(characters.slice(0, LONGEST - [...extension].length).join("")) + extension;
}
