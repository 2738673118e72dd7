import type { Message } from "../../lib/protocol/types.ts";
import { type Clock, timeOfDay } from "../clock.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { OnlineCount } from "../ui/Badge.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Name, RoomName } from "../ui/Name.tsx";
import type { LandingProps } from "./Landing.tsx";

function Line({ message, clock }: { message: Message; clock: Clock }) {
  return (
    <li class="flex gap-3">
      <Avatar name={message.author!.name} />
      <div class="min-w-0 grow">
        <p class="flex items-baseline gap-2">
          <Name class="font-bold">{message.author!.name}</Name>
          <time class="shrink-0 tabular-nums text-xs text-soft" dir="ltr" dateTime={message.createdAt}>
            {timeOfDay(clock, message.createdAt)}
          </time>
        </p>
        <p class="words" dir="auto">{message.body}</p>
      </div>
    </li>
  );
}

/** A lounge's last words, as they stand. Reading needs no name. */
export function LiveLounge(
  { room, href, messages, online, clock }: NonNullable<LandingProps["live"]> & { clock: Clock },
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
            {said.map((message) => <Line key={message.id} message={message} clock={clock} />)}
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
