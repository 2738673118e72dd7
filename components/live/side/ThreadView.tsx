import { useEffect, useRef } from "preact/hooks";
import { threadSource } from "../../../lib/client/side_messages.ts";
import { partsOf } from "../../../lib/protocol/ids.ts";
import { ThreadReply } from "./ThreadReply.tsx";
import { SideMessage } from "./SideMessage.tsx";
import type { PartProps } from "./SidePanel.tsx";
import { SideState } from "./SideState.tsx";
import { useSideMessages } from "./use_side_messages.ts";

/** A message and all that answers it, and a field to answer in. */
export function ThreadView(props: PartProps) {
  const { id, roomId, list, open } = props;
  const { view, again } = useSideMessages(props, () => threadSource(roomId, partsOf(id).seq), id);
  const end = useRef<HTMLDivElement>(null);
  const [first] = view.messages;
  const ids = new Set(view.messages.map((message) => message.id));
  const coming = list.messages.filter(({ pending, failed, replyTo }) =>
    (pending || failed !== undefined) && replyTo !== undefined && ids.has(replyTo)
  );
  const shown = [...view.messages, ...coming];
  useEffect(() => end.current?.scrollIntoView({ block: "nearest" }), [shown.length]);
  if (view.phase !== "ready" || !first) return <SideState view={view} onAgain={again} />;
  return (
    <>
      <div
        class="ring-inside min-h-0 grow overflow-y-auto pb-3"
        tabIndex={0}
        role="region"
        aria-label="Messages of the thread"
      >
        <ol>
          {shown.map((message) => (
            <li
              key={`${message.author?.id}:${message.clientId}`}
              class={message === first ? "border-b border-line pb-3" : undefined}
            >
              <SideMessage {...props} message={message} withoutReply={message.replyTo === first.id} />
            </li>
          ))}
        </ol>
        {shown.length === 1 && <p class="px-4 py-3 text-sm text-soft">Nobody has answered yet.</p>}
        <div ref={end} />
      </div>
      {!props.silent && !first.deletedAt && (
        <ThreadReply onSend={(body) => open.client.send(body, first.id)} />
      )}
    </>
  );
}
