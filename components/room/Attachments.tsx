import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { isPicture } from "../../lib/protocol/attachments.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import { sizeWords } from "../size_words.ts";
import { Icon } from "../ui/Icon.tsx";
import { Name } from "../ui/Name.tsx";
import type { ViewMessage } from "./message_props.ts";
import { iconOf, kindWords, placeOf } from "./attachment_words.ts";

export interface AttachmentsProps {
  files: readonly Attachment[];
  /** On pages without a script of their own: links do the work. */
  plain?: boolean;
}

/** Looks at pictures in a dialog; asked for when somebody does so for the first time. */
async function openGallery(pictures: readonly Attachment[], at: number): Promise<void> {
  (await import("./gallery/open_gallery.tsx")).openGallery({ pictures, at });
}

/** A click that asks for another tab, window or a file is the browser's own affair. */
function isPlain({ button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;
}

function Broken({ name }: { name: string }) {
  return (
    <p class="flex items-center gap-2 text-sm italic text-soft">
      <Icon name="alert" class="size-4" />
      <span>
        <bdi>{name}</bdi> could not be loaded.
      </span>
    </p>
  );
}

/** The picture over its placeholder, which shows until it has come and keeps its place. */
function Shown({ file, crop, onBroken }: { file: Attachment; crop: boolean; onBroken?: () => void }) {
  const { placeholder, animated, thumbUrl = file.url, name } = file;
  const fit = crop ? cx("size-full object-cover") : cx("h-auto max-w-full object-cover");
  return (
    <>
      {placeholder && (
        <img
          src={placeholder}
          alt=""
          class="absolute inset-0 size-full scale-110 object-cover blur-md"
        />
      )}
      <picture>
        {/* Those who want nothing to move get the copy that does not. */}
        {animated && <source media="(prefers-reduced-motion: reduce)" srcset={thumbUrl} />}
        <img
          {...placeOf(file)}
          src={animated ? file.url : thumbUrl}
          alt={name}
          loading="lazy"
          decoding="async"
          class={cx("relative block", fit)}
          onError={onBroken}
        />
      </picture>
    </>
  );
}

interface PictureProps {
  file: Attachment;
  /** Classes of the cell that one of several is cut to. */
  cell?: string;
  onOpen?: () => void;
}

/** A link to the picture itself; with scripts it opens where it is. */
function Picture({ file, cell, onOpen }: PictureProps) {
  const [broken, setBroken] = useState(false);
  if (broken) return <Broken name={file.name} />;
  return (
    <a
      href={file.url}
      target="_blank"
      rel="noopener"
      class={cx("relative block overflow-hidden rounded bg-sunken", cell ?? "w-fit max-w-full")}
      aria-label={`Open ${file.name}`}
      onClick={onOpen && ((event) => {
        if (!isPlain(event)) return;
        event.preventDefault();
        onOpen();
      })}
    >
      <Shown file={file} crop={cell !== undefined} onBroken={onOpen && (() => setBroken(true))} />
    </a>
  );
}

/** One as large as it may be; several in two columns, an odd one first and across both. */
function Pictures({ pictures, plain }: { pictures: readonly Attachment[]; plain?: boolean }) {
  const open = (at: number) => plain ? undefined : () => void openGallery(pictures, at);
  if (pictures.length === 1) return <Picture file={pictures[0]!} onOpen={open(0)} />;
  const isWide = (at: number) => at === 0 && pictures.length % 2 === 1;
  return (
    <ul class="grid w-full max-w-[360px] grid-cols-2 gap-1">
      {pictures.map((file, at) => (
        <li key={file.id} class={cx("min-w-0", isWide(at) && "col-span-2")}>
          <Picture
            file={file}
            cell={isWide(at) ? cx("aspect-video") : cx("aspect-square")}
            onOpen={open(at)}
          />
        </li>
      ))}
    </ul>
  );
}

/** What it is, how large, and a way to save it. */
function FileRow({ file }: { file: Attachment }) {
  return (
    <a
      href={file.url}
      download={file.name}
      class="flex w-full max-w-[360px] items-center gap-3 rounded border border-line bg-raised px-3 py-2 hover:bg-hover"
    >
      <Icon name={iconOf(file)} class="size-6 text-soft" />
      <span class="min-w-0 grow">
        <span class="sr-only">Save</span>
        <Name class="font-semibold">{file.name}</Name>
        <span class="block text-sm tabular-nums text-soft">{kindWords(file)} · {sizeWords(file.size)}</span>
      </span>
      <Icon name="download" class="size-5 text-soft" />
    </a>
  );
}

/** The files of a message: pictures stand there and can be looked at, the rest can be saved. */
export function Attachments({ files, plain }: AttachmentsProps) {
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  return (
    <div class="mt-1 flex flex-col gap-2">
      {pictures.length > 0 && <Pictures pictures={pictures} plain={plain} />}
      {others.length > 0 && (
        <ul class="flex flex-col gap-1">
          {others.map((file) => (
            <li key={file.id}>
              <FileRow file={file} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type Draw = (message: Pick<ViewMessage, "attachments">) => ComponentChildren;

/** Draws a message's files, in rooms that go by this site's sessions. */
export const messageFiles: Draw = ({ attachments }) => <Attachments files={attachments} />;
/** The same for pages without a script of their own. */
export const plainFiles: Draw = ({ attachments }) => <Attachments files={attachments} plain />;
