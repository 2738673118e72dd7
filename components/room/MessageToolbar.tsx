import { cx } from "../cx.ts";
import { IconButton } from "../ui/IconButton.tsx";
import type { MessageActions, ViewMessage } from "./props.ts";
import { QUICK_REACTIONS } from "./quick_reactions.ts";

export interface MessageToolbarProps {
  message: ViewMessage;
  /** Its menu, or the panel of emoji, is open. */
  open: boolean;
  actions: MessageActions;
}

/** Arrow keys lead through the toolbar, which is one stop for the Tab key. */
function onArrow(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? -step : step;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button")].filter((one) =>
    one.checkVisibility()
  );
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  buttons[(at + forward + buttons.length) % buttons.length]?.focus();
}

function QuickRow(
  { message, onReact }: { message: ViewMessage; onReact: NonNullable<MessageActions["onReact"]> },
) {
  return (
    <span class="hidden has-hover:sm:flex">
      {QUICK_REACTIONS.map(({ emoji, name }) => (
        <button
          key={emoji}
          type="button"
          class="size-8 rounded leading-none hover:bg-hover"
          title={`React: ${name}`}
          aria-label={`React: ${name}`}
          tabIndex={-1}
          onClick={() => onReact(message, emoji)}
        >
          {emoji}
        </button>
      ))}
    </span>
  );
}

/**
 * What can be done with a message: shown on hover, on focus within it, and on a phone after a tap on it. Until it
 * shows it takes no clicks, so that a tap on a message never hits a button nobody saw.
 */
export function MessageToolbar({ message, open, actions }: MessageToolbarProps) {
  const { onReact, onEmoji, onReply, onMenu } = actions;
  if (message.deletedAt || message.pending || message.failed || !onMenu) return null;
  return (
    <div
      class={cx(
        "absolute -top-4 end-2 z-10 flex rounded border border-line bg-raised shadow eased",
        open ? "" : "opacity-0 pointer-events-none",
        "has-hover:group-hover:opacity-100 has-hover:group-hover:pointer-events-auto",
        "group-focus-within:opacity-100 group-focus-within:pointer-events-auto",
      )}
      role="toolbar"
      aria-label="What to do with this message"
      dir="ltr"
      onKeyDown={onArrow}
    >
      {onReact && <QuickRow message={message} onReact={onReact} />}
      {onEmoji && (
        <IconButton
          small
          icon="react"
          label="React"
          tabIndex={-1}
          onClick={({ currentTarget }) => onEmoji(message, currentTarget as HTMLElement)}
        />
      )}
      {onReply && <IconButton small icon="reply" label="Reply" onClick={() => onReply(message)} />}
      <IconButton
        small
        icon="more"
        label="More"
        tabIndex={onReply ? -1 : undefined}
        expanded={open}
        onClick={({ currentTarget }) => onMenu(message, currentTarget as HTMLElement)}
      />
    </div>
  );
}
