import { useEffect } from "preact/hooks";
import type { Attachment } from "../../lib/protocol/types.ts";

/** A file as its message describes it; pictures may say how large they are. */
export type ShownFile = Attachment & { width?: number; height?: number };

/** Pixels that a picture takes at most, either way. */
const SHOWN = 320;
/** For files that do not say. */
const UNKNOWN = { width: 240, height: 180 };

/** The pixels that a picture takes. */
export function placeOf({ width, height }: ShownFile): { width: number; height: number } {
  if (!width || !height) return UNKNOWN;
  const scale = Math.min(1, SHOWN / width, SHOWN / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Keeps a picture's place until it is opened. */
export function FilePlace({ file }: { file: ShownFile }) {
  const size = placeOf(file);
  return (
    <svg
      {...size}
      viewBox={`0 0 ${size.width} ${size.height}`}
      class="glow h-auto max-w-full rounded bg-hover"
      aria-hidden="true"
    />
  );
}

/** Stands for a message's files as long as what they take is not loaded. */
export function FilePlaces({ files, onShown }: { files: readonly ShownFile[]; onShown: () => void }) {
  useEffect(onShown, []);
  return (
    <ul class="mt-1 flex flex-col items-start gap-2">
      {files.filter(({ width }) => width).map((file) => (
        <li key={file.id} class="max-w-full">
          <FilePlace file={file} />
        </li>
      ))}
    </ul>
  );
}
