import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { cx } from "../cx.ts";
import { usePanel } from "../emoji/use_panel.ts";
import type { MessageActions, ViewMessage } from "../room/props.ts";
import { QUICK_REACTIONS } from "../room/quick_reactions.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { usePlaced } from "./use_placed.ts";

export interface MessageMenuProps {
  message: ViewMessage;
  own: boolean;
  /** The reader has blocked its author. */
  blocked: boolean;
  /** May delete what others say. */
  keepsOrder: boolean;
  /** The message's own address, where it has one. */
  link?: string;
  actions: MessageActions;
  /** The button that opened it. */
  at: HTMLElement;
  onClose: () => void;
}

interface Choice {
  icon: IconName;
  label: string;
  bad?: boolean;
  act: () => void;
}

/** What there is to choose for this message. */
function choicesOf(props: Omit<MessageMenuProps, "link">): Choice[] {
  const { message, own, blocked, keepsOrder, actions } = props;
  const { onThread, onPin, onUnread, onEdit, onBlock, onDelete, onRemovePreviews } = actions;
  const mayTakeAway = own || keepsOrder;
  const choices: (Choice | false | undefined)[] = [
    onThread && { icon: "thread", label: "Show thread", act: () => onThread(message) },
    onPin && {
      icon: "pin",
      label: message.pinnedAt ? "Unpin" : "Pin",
      act: () => onPin(message, !message.pinnedAt),
    },
    onUnread && { icon: "mail", label: "Mark unread from here", act: () => onUnread(message) },
    own && message.kind !== "STICKER" && onEdit &&
    { icon: "edit", label: "Edit", act: () => onEdit(message) },
    !own && !blocked && onBlock &&
    { icon: "block", label: `Block ${message.author?.name}`, act: () => onBlock(message) },
    mayTakeAway && message.previews && onRemovePreviews &&
    {
      icon: "close",
      label: message.previews.length > 1 ? "Remove previews" : "Remove preview",
      act: () => onRemovePreviews(message),
    },
    mayTakeAway && onDelete &&
    { icon: "delete", label: "Delete", bad: true, act: () => onDelete(message) },
  ];
  return choices.filter((choice) => !!choice);
}

const ITEM = cx(
  "flex min-h-[36px] w-full items-center gap-3 rounded-sm px-3 text-start hover:bg-hover focus:bg-hover no-hover:min-h-[44px]",
);

function Item({ icon, label, bad, act }: Choice) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} class={cx(ITEM, bad && "text-bad")} onClick={act}>
      <Icon name={icon} class="size-4" />
      <bdi class="min-w-0 truncate">{label}</bdi>
    </button>
  );
}

/** Copies the address of the message, and says that it did. */
function CopyItem({ link, onDone }: { link: string; onDone: () => void }) {
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(onDone, 1_200);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    navigator.clipboard?.writeText(link).then(() => setSaid("Link copied"), () => setSaid("Could not copy"));
  if (!navigator.clipboard) return null;
  return (
    <>
      <Item icon={said ? "check" : "link"} label={said ?? "Copy link"} act={copy} />
      <span class="sr-only" role="status">{said}</span>
    </>
  );
}

/** On a phone the toolbar has no room for them. */
function QuickRow({ onPick }: { onPick: (emoji: string) => void }) {
  return (
    <div
      class="flex justify-between border-b border-line pb-1 has-hover:sm:hidden"
      role="group"
      aria-label="React"
    >
      {QUICK_REACTIONS.map(({ emoji, name }) => (
        <button
          key={emoji}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class="size-9 rounded-sm text-lg leading-none hover:bg-hover focus:bg-hover no-hover:size-11"
          aria-label={`React: ${name}`}
          onClick={() => onPick(emoji)}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}

/** Arrow keys lead through the menu, Escape and Tab out of it. */
function menuKeys(onClose: () => void) {
  return (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")]
      .filter((item) => item.checkVisibility());
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at < 0 ? items.length - 1 : at - 1,
      ArrowLeft: at < 0 ? items.length - 1 : at - 1,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (to === undefined && event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (to === undefined) onClose();
    else items[(to + items.length) % items.length]?.focus();
  };
}

/** What can be done with a message beside reacting and replying. Drawn over everything, beside its button. */
export function MessageMenu(props: MessageMenuProps) {
  const { message, actions, at, link, onClose } = props;
  const menu = useRef<HTMLDivElement>(null);
  usePanel({ panel: menu, opener: () => at, onClose });
  usePlaced(menu, at, onClose);
  useLayoutEffect(() => menu.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus(), []);
  const done = (act: () => void) => () => {
    onClose();
    act();
  };
  const { onReact } = actions;
  return (
    <div
      ref={menu}
      role="menu"
      aria-label="What to do with this message"
      tabIndex={-1}
      dir="ltr"
      class="fixed z-50 flex w-64 flex-col rounded border border-line bg-raised p-1 text-sm shadow outline-none no-hover:w-[18.5rem]"
      onKeyDown={menuKeys(onClose)}
    >
      {onReact && <QuickRow onPick={(emoji) => done(() => onReact(message, emoji))()} />}
      {link !== undefined && <CopyItem link={link} onDone={onClose} />}
      {choicesOf(props).map(({ act, ...choice }) => <Item key={choice.icon} {...choice} act={done(act)} />)}
    </div>
  );
}
