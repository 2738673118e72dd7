import type { ComponentChildren } from "preact";
import { Button } from "../ui/Button.tsx";
import { TextLink } from "../ui/TextLink.tsx";
import type { MessageActions, ViewMessage } from "./props.ts";

/** What stands for `count` messages of people whom the reader has blocked. */
export function foldedWords(count: number): string {
  return count === 1 ? "A message from somebody you blocked" : `${count} messages from somebody you blocked`;
}

export interface FoldProps {
  /** Consecutive ones, by one or several blocked people. */
  messages: ViewMessage[];
  actions?: MessageActions;
  /** The messages themselves. */
  children: ComponentChildren;
}

/** Each author once, by their last message. */
function lastOfEach(messages: ViewMessage[]): ViewMessage[] {
  return [...new Map(messages.map((message) => [message.author?.id, message])).values()];
}

/** One quiet line that opens, without JavaScript too. */
export function Fold({ messages, actions, children }: FoldProps) {
  return (
    <details class="mt-3">
      <summary class="ring-inside flex min-h-[32px] items-center px-4 text-sm text-soft hover:bg-sunken no-hover:min-h-[44px]">
        <span class="flex flex-wrap gap-x-2 ps-12" dir="ltr">
          <span>{foldedWords(messages.length)}</span>
          <span class="when-closed font-bold underline">Show</span>
          <span class="when-open font-bold underline">Hide</span>
        </span>
      </summary>
      {children}
      <div class="flex flex-wrap items-center gap-2 ps-16 pe-4 pt-1 text-sm" dir="ltr">
        {actions?.onUnblock
          ? lastOfEach(messages).map((message) => (
            <Button
              key={message.author?.id}
              size="small"
              onClick={() => actions.onUnblock!(message)}
            >
              <span class="min-w-0 truncate">
                Unblock <bdi>{message.author?.name}</bdi>
              </span>
            </Button>
          ))
          : <TextLink href="/me/blocks">People you blocked</TextLink>}
      </div>
    </details>
  );
}
