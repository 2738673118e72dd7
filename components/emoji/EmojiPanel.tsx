import { type MutableRef, useLayoutEffect, useRef, useState } from "preact/hooks";
import { StickerTab } from "../stickers/StickerTab.tsx";
import { cx } from "../cx.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { EmojiTab } from "./EmojiTab.tsx";
import { PickerSearch } from "./PickerSearch.tsx";
import type { EmojiPanelProps } from "./props.ts";
import { SkinToneButton, SkinTones } from "./SkinTones.tsx";
import { type PanelTab, Tabs } from "./Tabs.tsx";
import { usePanel, wrapTab } from "./use_panel.ts";

type TabId = "emoji" | "stickers";

const TABS: readonly PanelTab<TabId>[] = [
  { id: "emoji", label: "Emoji", icon: "smile" },
  { id: "stickers", label: "Stickers", icon: "sticker" },
];
const TITLE = "picker-title";
const BODY = "picker-body";
const LOOKS = cx(
  "safe-bottom absolute start-0 end-0 bottom-0 z-40 flex h-[28rem] max-h-[75%] flex-col overflow-hidden rounded-t-lg border-t border-line bg-raised shadow outline-none",
  "sm:start-auto sm:end-3 sm:bottom-full sm:mb-2 sm:w-[24rem] sm:max-h-[calc(100vh-10rem)] sm:rounded-lg sm:border",
);

/** A character that somebody begins to type, not a command. A space presses the button that has the focus. */
function isWriting({ key, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && !altKey && !isComposing && key !== " " && [...key].length === 1;
}

/** Keys of the panel as a whole: Escape leaves it, Tab stays in it, letters search wherever the focus is. */
function panelKeys(
  panel: MutableRef<HTMLDivElement | null>,
  search: MutableRef<HTMLInputElement | null>,
  escape: () => void,
) {
  return (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      escape();
    } else if (event.key === "Tab") wrapTab(event, panel.current!);
    else if (event.target !== search.current && isWriting(event)) search.current?.focus();
  };
}

/** Tabs, or the panel's name, and the way out. */
function Head(props: { tab: TabId; alone: boolean; onTab: (tab: TabId) => void; onClose: () => void }) {
  return (
    <div class="flex items-center gap-1 p-2">
      {props.alone ? <h2 id={TITLE} class="grow ps-2 font-bold">Emoji</h2> : (
        <Tabs
          label="What to pick from"
          tabs={TABS}
          current={props.tab}
          panelId={BODY}
          onTab={props.onTab}
        />
      )}
      <IconButton icon="close" label="Close" onClick={props.onClose} />
    </div>
  );
}

/** What is searched for, and beside it the skin tone. */
function Tools(
  props: EmojiPanelProps & {
    tab: TabId;
    inputRef: MutableRef<HTMLInputElement | null>;
    firstCell: () => HTMLElement | null;
    tonesOpen: boolean;
    onTones: () => void;
  },
) {
  const { view, tab, firstCell, tonesOpen } = props;
  const searching = view.query.trim() !== "";
  const found = view.groups.reduce((sum, { emoji }) => sum + emoji.length, 0);
  return (
    <>
      <div class="flex items-center gap-1 px-2 pb-1">
        <PickerSearch
          label={tab === "emoji" ? "Search emoji" : "Search stickers"}
          value={view.query}
          inputRef={props.inputRef}
          onInput={props.onQuery}
          onEnter={() => searching && firstCell()?.click()}
          onDown={() => firstCell()?.focus()}
        />
        {tab === "emoji" && <SkinToneButton tone={view.tone} open={tonesOpen} onToggle={props.onTones} />}
      </div>
      {tonesOpen && <SkinTones tone={view.tone} onTone={props.onTone} />}
      <p class="sr-only" role="status">
        {tab === "emoji" && searching && view.phase === "ready" && `${found} found`}
      </p>
    </>
  );
}

function Body({ tab, onLeave, ...props }: EmojiPanelProps & { tab: TabId; onLeave: () => void }) {
  const { onPick, withoutStickers } = props;
  return (
    <div
      id={BODY}
      class="flex min-h-0 grow flex-col"
      role={withoutStickers ? undefined : "tabpanel"}
      aria-labelledby={withoutStickers ? undefined : `${BODY}-${tab}`}
    >
      {tab === "emoji"
        ? (
          <EmojiTab
            view={props.view}
            onPick={(emoji, { shiftKey }) => onPick({ emoji, more: shiftKey })}
            onLeave={onLeave}
            onRetry={props.onRetry}
          />
        )
        : <StickerTab query={props.view.query} onPick={(sticker) => onPick({ sticker })} onLeave={onLeave} />}
    </div>
  );
}

/**
 * Emoji and stickers to pick from: a sheet at the bottom of a phone's screen, a popover above the composer elsewhere.
 *
 * It is placed by its surroundings: from `sm` on the nearest positioned element is what it opens above (so the composer
 * is `sm:relative`), on a phone it is what the sheet lies in (the conversation, which fills the screen).
 */
export function EmojiPanel(props: EmojiPanelProps) {
  const { touch, opener, onClose, withoutStickers = false } = props;
  const panel = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [tab, setTab] = useState<TabId>(withoutStickers ? "emoji" : props.first ?? "emoji");
  const [tones, setTones] = useState(false);
  const tonesOpen = tones && tab === "emoji";
  const closeTones = () => {
    setTones(false);
    panel.current?.querySelector<HTMLElement>("#skin-tone")?.focus();
  };
  usePanel({ panel, opener, onClose });
  // Before the next key, which may be Escape.
  useLayoutEffect(() => (touch ? panel : search).current?.focus(), []);
  const firstCell = () => panel.current?.querySelector<HTMLElement>("[role=gridcell]") ?? null;
  return (
    <>
      <div class="absolute inset-0 z-30 [background:var(--shade)] sm:hidden" />
      <div
        ref={panel}
        role="dialog"
        aria-modal="true"
        aria-labelledby={TITLE}
        tabIndex={-1}
        class={LOOKS}
        onKeyDown={panelKeys(panel, search, tonesOpen ? closeTones : onClose)}
      >
        {!withoutStickers && <h2 id={TITLE} class="sr-only">Emoji and stickers</h2>}
        <Head tab={tab} alone={withoutStickers} onTab={setTab} onClose={onClose} />
        <Tools
          {...props}
          tab={tab}
          inputRef={search}
          firstCell={firstCell}
          tonesOpen={tonesOpen}
          onTones={() => setTones(!tones)}
        />
        <Body {...props} tab={tab} onLeave={() => search.current?.focus()} />
      </div>
    </>
  );
}
