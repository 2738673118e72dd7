import type { ViewMessage } from "./props.ts";

/** What the house says: who opened the room, or renamed it. A quiet line between the messages. */
export function SystemLine({ message }: { message: ViewMessage }) {
  return (
    <article id={`m-${message.id}`} class="words px-8 py-2 text-center text-sm text-soft" dir="auto">
      {message.deletedAt ? <span class="italic" dir="ltr">This line was deleted.</span> : message.body}
    </article>
  );
}
