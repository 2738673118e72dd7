/**
 * Pictures are drawn anew before they leave: cameras write into them where and when they were taken. A server that sees
 * only ciphertext cannot do that for anybody.
 */

export interface CleanedFile {
  blob: Blob;
  name: string;
  /** Pixels, for pictures. */
  width?: number;
  height?: number;
}

/** What a canvas can be saved as; GIFs would lose their movement, and carry no camera's notes. */
const REDRAWN: Record<string, string> = {
  "image/jpeg": "image/jpeg",
  "image/png": "image/png",
  "image/webp": "image/webp",
  "image/avif": "image/webp",
};
const EXTENSIONS: Record<string, string> = {
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/webp": ".webp",
};
/** Good enough that nobody sees a difference. */
const QUALITY = 0.92;
/** Of a canvas on the weakest phones. */
const MAX_PIXELS = 40_000_000;

/** The file as it may leave; what is no picture, or none that this browser can draw, as it is. */
export async function cleaned(file: File): Promise<CleanedFile> {
  const bitmap = file.type.startsWith("image/") ? await createImageBitmap(file).catch(() => null) : null;
  if (!bitmap) return { blob: file, name: file.name };
  const { width, height } = bitmap;
  const blob = width * height <= MAX_PIXELS ? await redrawn(bitmap, REDRAWN[file.type]) : null;
  bitmap.close();
  if (!blob) return { blob: file, name: file.name, width, height };
  return { blob, name: blob.type === file.type ? file.name : renamed(file.name, blob.type), width, height };
}

function redrawn(bitmap: ImageBitmap, type: string | undefined): Promise<Blob | null> {
  if (!type) return Promise.resolve(null);
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));
}

/** Browsers that cannot write a type write PNG instead. */
function renamed(name: string, type: string): string {
  return name.replace(/(\.[A-Za-z0-9]{1,5})?$/, EXTENSIONS[type] ?? "");
}
