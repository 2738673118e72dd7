import type { Emoji } from "../../lib/protocol/markdown/plain_text.ts";
import { wordsOf } from "../../lib/protocol/message_words.ts";
import { isSticker } from "../../lib/protocol/stickers.ts";
import type { Message } from "../../lib/protocol/types.ts";
import { type Clock, timeOfDay } from "../clock.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { OnlineCount } from "../ui/Badge.tsx";
import { foldedWords } from "../room/Fold.tsx";
import { StickerImage } from "../stickers/StickerImage.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Name, RoomName } from "../ui/Name.tsx";
import type { LandingProps } from "./Landing.tsx";

function Line({ message, clock, emoji }: { message: Message; clock: Clock; emoji: Emoji }) {
  return (
    <li class="flex gap-3">
      <Avatar name={message.author!.name} src={message.author!.avatar} />
      <div class="min-w-0 grow">
        <p class="flex items-baseline gap-2">
          <Name class="font-bold">{message.author!.name}</Name>
          <time class="shrink-0 tabular-nums text-xs text-soft" dir="ltr" dateTime={message.createdAt}>
            {timeOfDay(clock, message.createdAt)}
          </time>
        </p>
        {message.kind === "STICKER" && isSticker(message.body)
          ? <StickerImage id={message.body} />
          : <p class="words" dir="auto">{wordsOf(message, emoji).text}</p>}
      </div>
    </li>
  );
}

/** Consecutive messages of blocked people become their number. */
function fold(messages: Message[], blocked: Set<string>): (Message | number)[] {
  const lines: (Message | number)[] = [];
  for (const message of messages) {
    const last = lines.at(-1);
    if (!message.author || !blocked.has(message.author.id)) lines.push(message);
    else if (typeof last === "number") lines[lines.length - 1] = last + 1;
    else lines.push(1);
  }
  return lines;
}

/** A lounge's last words, as they stand; who wants to see those of blocked people goes in. Reading needs no name. */
export function LiveLounge(
  { room, href, messages, online, blocked, emoji, clock }: NonNullable<LandingProps["live"]> & {
    clock: Clock;
  },
) {
  const said = messages.filter((message) => message.author && !message.deletedAt);
  return (
    <section
      class="overflow-hidden rounded-lg border border-line bg-raised shadow"
      data-live
      aria-labelledby="live-lounge"
    >
      <div class="flex h-14 items-center gap-2 border-b border-line px-4">
        <h2 id="live-lounge" class="min-w-0 grow truncate font-bold">
          <RoomName lounge={room.lounge?.name} name={room.name} lang={room.language} />
        </h2>
        <OnlineCount count={online} worded />
      </div>
      {said.length === 0
        ? <EmptyState title="It is quiet just now" text="The first word is yours." />
        : (
          <ol class="flex flex-col gap-4 p-4" dir={room.dir} lang={room.language}>
            {fold(said, new Set(blocked)).map((line, place) =>
              typeof line === "number"
                ? <li key={place} class="text-sm text-soft" dir="ltr">{foldedWords(line)}</li>
                : <Line key={line.id} message={line} clock={clock} emoji={emoji} />
            )}
          </ol>
        )}
      <a
        href={href}
        class="ring-inside flex min-h-[52px] items-center justify-center gap-2 border-t border-line font-bold text-accent-text hover:bg-hover"
      >
        Read on in this lounge
        <Icon name="forward" class="size-5 mirrored" />
      </a>
    </section>
  );
}
