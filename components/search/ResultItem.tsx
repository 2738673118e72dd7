import type { SearchResult } from "../../lib/protocol/forms/search.ts";
import { type Clock, dayName, fullTime, timeOfDay } from "../clock.ts";
import { messageHref } from "../links.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Name } from "../ui/Name.tsx";
import { Pieces } from "./Pieces.tsx";

function When({ at, clock }: { at: string; clock: Clock }) {
  const day = dayName(clock, at);
  return (
    <time class="shrink-0 text-xs tabular-nums text-soft" dir="ltr" dateTime={at} title={fullTime(clock, at)}>
      {day === "Today" ? timeOfDay(clock, at) : `${day}, ${timeOfDay(clock, at)}`}
    </time>
  );
}

/** A message that was found; the whole of it leads to where it was said. */
export function ResultItem({ result, clock }: { result: SearchResult; clock: Clock }) {
  const { room, author, createdAt, edited, snippet, files } = result;
  return (
    <a
      href={messageHref(room, result.id)}
      class="ring-inside flex gap-3 px-4 py-3 hover:bg-hover"
      data-message={result.id}
    >
      <Avatar name={author.name} src={author.avatar} />
      <span class="block min-w-0 grow">
        <span class="flex items-baseline gap-2">
          <Name class="font-bold">{author.name}</Name>
          <When at={createdAt} clock={clock} />
        </span>
        {snippet.length > 0 && (
          <span class="block max-w-words break-words" dir="auto">
            <Pieces pieces={snippet} />
            {edited && <span class="ms-1.5 text-xs text-soft" dir="ltr">(edited)</span>}
          </span>
        )}
        {files.map((name, place) => (
          <span key={place} class="mt-1 flex min-w-0 items-center gap-1.5 text-sm text-soft">
            <Icon name="file" class="size-4" />
            <bdi class="min-w-0 truncate">
              <Pieces pieces={name} />
            </bdi>
          </span>
        ))}
      </span>
    </a>
  );
}
