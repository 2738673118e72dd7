import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/Icon.tsx";
import { Name } from "../ui/Name.tsx";
import { FilePlace, placeOf, type ShownFile } from "./FilePlaces.tsx";
import { sizeWords } from "../size_words.ts";

export interface MessageFilesProps {
  files: readonly ShownFile[];
  isPicture: (file: ShownFile) => boolean;
  /** An address of the opened file. @throws when it cannot be opened */
  open: (file: ShownFile) => Promise<string>;
}

type Opened = { address?: string; failed?: true };

/** Opens a picture once it comes near the screen. */
function useOpened(file: ShownFile, open: MessageFilesProps["open"]) {
  const [opened, setOpened] = useState<Opened>({});
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let here = true;
    const watcher = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      watcher.disconnect();
      open(file).then(
        (address) => here && setOpened({ address }),
        () => here && setOpened({ failed: true }),
      );
    }, { rootMargin: "400px" });
    if (place.current) watcher.observe(place.current);
    return () => {
      here = false;
      watcher.disconnect();
    };
  }, [file.id]);
  return { opened, place };
}

function Picture({ file, open }: { file: ShownFile; open: MessageFilesProps["open"] }) {
  const { opened: { address, failed }, place } = useOpened(file, open);
  if (failed) return <Broken file={file} />;
  return (
    <div ref={place} class="max-w-full">
      {address
        ? (
          <a
            href={address}
            target="_blank"
            rel="noopener"
            class="block rounded"
            aria-label={`Open ${file.name}`}
          >
            <img
              {...placeOf(file)}
              src={address}
              alt={file.name}
              class="h-auto max-w-full rounded bg-sunken object-cover"
            />
          </a>
        )
        : <FilePlace file={file} />}
    </div>
  );
}

function Broken({ file }: { file: ShownFile }) {
  return (
    <p class="flex items-center gap-2 text-sm italic text-soft">
      <Icon name="alert" class="size-4" />
      <span>
        <bdi>{file.name}</bdi> could not be opened.
      </span>
    </p>
  );
}

/** Saved under its name; it is fetched and opened when somebody asks for it. */
function Download({ file, open }: { file: ShownFile; open: MessageFilesProps["open"] }) {
  const [state, setState] = useState<"there" | "opening" | "failed">("there");
  const save = async () => {
    setState("opening");
    try {
      const link = document.createElement("a");
      link.href = await open(file);
      link.download = file.name;
      link.click();
      setState("there");
    } catch {
      setState("failed");
    }
  };
  if (state === "failed") return <Broken file={file} />;
  return (
    <button
      type="button"
      onClick={save}
      disabled={state === "opening"}
      class="flex w-full max-w-[320px] items-center gap-3 rounded border border-line bg-raised px-3 py-2 text-start hover:bg-hover"
    >
      <Icon name="file" class="size-5 text-soft" />
      <span class="min-w-0 grow">
        <Name class="font-semibold">{file.name}</Name>
        <span class="block text-sm text-soft">{state === "opening" ? "Opening…" : sizeWords(file.size)}</span>
      </span>
      <Icon name="download" class="size-5 text-soft" />
    </button>
  );
}

/** The files of a message: pictures stand there, the rest can be saved. */
export function MessageFiles({ files, isPicture, open }: MessageFilesProps) {
  return (
    <ul class="mt-1 flex flex-col items-start gap-2" dir="ltr">
      {files.map((file) => (
        <li key={file.id} class="max-w-full">
          {isPicture(file) ? <Picture file={file} open={open} /> : <Download file={file} open={open} />}
        </li>
      ))}
    </ul>
  );
}
