import { useEffect, useRef, useState } from "preact/hooks";
import type { Attachment } from "../../../lib/protocol/types.ts";
import { cx } from "../../cx.ts";
import { Icon } from "../../ui/Icon.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Name } from "../../ui/Name.tsx";
import { useSlides } from "./use_slides.ts";

export interface GalleryProps {
  pictures: readonly Attachment[];
  /** Which of them is looked at first. */
  at: number;
  onClose: () => void;
}

/** Pixels: taller or wider than most windows. */
const LARGE = 1000;

/** The small copy is there at once; the picture itself lies over it when it has come. */
function Slide({ file, near }: { file: Attachment; near: boolean }) {
  const [broken, setBroken] = useState(false);
  const { width, height, thumbUrl = file.url, name } = file;
  const cell = cx("col-start-1 row-start-1 size-full min-h-0");
  // Nothing is made larger than it is; the small copy of something large stands for it.
  const large = width !== undefined && height !== undefined && Math.max(width, height) > LARGE;
  return (
    <li class="grid h-full w-full shrink-0 snap-center place-items-center p-2">
      {near && (
        <div class="grid h-full max-h-full w-full min-h-0 place-items-center">
          <img
            src={thumbUrl}
            alt=""
            width={width}
            height={height}
            class={cx(cell, large ? "object-contain" : "object-scale-down", file.animated && "hidden")}
          />
          {!broken && (
            <img
              src={file.url}
              alt={name}
              width={width}
              height={height}
              class={cx(cell, "object-scale-down")}
              onError={() => setBroken(true)}
            />
          )}
          {broken && (
            <p class="col-start-1 row-start-1 rounded bg-raised px-3 py-2">
              This picture could not be loaded.
            </p>
          )}
        </div>
      )}
    </li>
  );
}

function Head({ file, place, onClose }: { file: Attachment; place: string | null; onClose: () => void }) {
  return (
    <header class="flex min-h-[56px] items-center gap-1 border-b border-line ps-4 pe-1">
      <p class="min-w-0 grow">
        <Name class="font-semibold">{file.name}</Name>
        {place && <span class="block text-sm tabular-nums text-soft" role="status">{place}</span>}
      </p>
      <a
        href={file.url}
        download={file.name}
        class="inline-flex size-11 items-center justify-center rounded text-soft hover:bg-hover hover:text-ink"
        aria-label={`Save ${file.name}`}
        title="Save"
      >
        <Icon name="download" />
      </a>
      <IconButton icon="close" label="Close" onClick={onClose} />
    </header>
  );
}

/** Pictures one by one, as large as the window: arrows, swipe, Escape. */
export function Gallery({ pictures, at, onClose }: GalleryProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const slides = useSlides(pictures.length, at);
  useEffect(() => {
    dialog.current?.showModal();
    slides.begin();
  }, []);
  const file = pictures[slides.at]!;
  const several = pictures.length > 1;
  return (
    <dialog
      ref={dialog}
      class="m-0 h-full max-h-full w-full max-w-full bg-paper p-0 text-ink"
      aria-label="Pictures"
      onClose={onClose}
      onKeyDown={slides.onKeyDown}
    >
      <div class="safe-bottom flex h-full flex-col">
        <Head
          file={file}
          place={several ? `${slides.at + 1} of ${pictures.length}` : null}
          onClose={() => dialog.current?.close()}
        />
        <div class="relative min-h-0 grow">
          <ul
            ref={slides.track}
            tabIndex={0}
            class="ring-inside flex h-full snap-x snap-mandatory overflow-x-auto overflow-y-hidden motion-safe:scroll-smooth"
            onScroll={slides.onScroll}
          >
            {pictures.map((picture, index) => (
              <Slide key={picture.id} file={picture} near={Math.abs(index - slides.at) <= 1} />
            ))}
          </ul>
          {several && <Step way="back" disabled={slides.at === 0} onClick={() => slides.go(-1)} />}
          {several && (
            <Step
              way="open"
              disabled={slides.at === pictures.length - 1}
              onClick={() => slides.go(1)}
            />
          )}
        </div>
      </div>
    </dialog>
  );
}

/** Beside the picture, for those who do not swipe. */
function Step({ way, disabled, onClick }: { way: "back" | "open"; disabled: boolean; onClick: () => void }) {
  const back = way === "back";
  return (
    <button
      type="button"
      class={cx(
        "absolute top-1/2 -mt-[22px] inline-flex size-11 items-center justify-center rounded-full border border-line bg-raised hover:bg-hover no-hover:hidden",
        back ? "start-3" : "end-3",
        disabled && "opacity-50",
      )}
      aria-label={back ? "The one before" : "The next one"}
      aria-disabled={disabled}
      onClick={onClick}
    >
      <Icon name={way} class="size-5 mirrored" />
    </button>
  );
}
