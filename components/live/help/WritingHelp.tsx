import { type RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { browserFetch } from "../../../lib/client/api.ts";
import { newestDrawn } from "../../../lib/client/emoji/drawn.ts";
import { EmojiHabits } from "../../../lib/client/emoji/habits.ts";
import { EmojiPicker, loadEmojiData } from "../../../lib/client/emoji/picker.ts";
import type { OpenRoom } from "../../../lib/client/open_room.ts";
import { isTouch } from "../../../lib/client/page.ts";
import { roomPeople } from "../../../lib/client/room_people.ts";
import type { MyRoom, Viewer } from "../../../lib/protocol/types.ts";
import { EmojiPanel } from "../../emoji/EmojiPanel.tsx";
import type { Picked } from "../../emoji/props.ts";
import { useLatest } from "../use_latest.ts";
import { Suggestions } from "./Suggestions.tsx";
import { insertAtCaret } from "./writing.ts";

export interface WritingHelpProps {
  open: OpenRoom;
  viewer: Viewer;
  /** Mine, to be named in messages. */
  rooms: readonly MyRoom[];
  input: RefObject<HTMLTextAreaElement>;
  opener: RefObject<HTMLButtonElement>;
  withoutStickers: boolean;
  /** The picker is open. */
  picking: boolean;
  onClose: () => void;
}

function usePicker(open: OpenRoom) {
  const picker = useMemo(
    () => new EmojiPicker({ habits: new EmojiHabits(open.store), load: loadEmojiData, newest: newestDrawn }),
    [open],
  );
  return picker;
}

/** The picker, bound to the message field and to the room. */
function Picker(props: WritingHelpProps & { picker: EmojiPicker }) {
  const { picker, open, input, onClose } = props;
  const view = useLatest(picker, (source) => source.view, () => picker.view);
  useEffect(() => void picker.open(), []);
  const onPick = (picked: Picked) => {
    if ("sticker" in picked) open.composer.sticker(picked.sticker);
    else {
      picker.used(picked.emoji);
      insertAtCaret(input.current!, picked.emoji);
      if (picked.more) return;
    }
    onClose();
    input.current!.focus();
  };
  return (
    <EmojiPanel
      view={view}
      touch={isTouch()}
      withoutStickers={props.withoutStickers}
      opener={() => props.opener.current}
      onQuery={(query) => picker.search(query)}
      onTone={(tone) => picker.choose(tone)}
      onPick={onPick}
      onClose={onClose}
      onRetry={() => void picker.open()}
    />
  );
}

/**
 * The emoji picker, the stickers, and suggestions for begun words. Loaded when somebody first asks for one of them: by
 * the picker's button, or by a word that begins with `:`, `@` or `#`.
 */
export function WritingHelp(props: WritingHelpProps) {
  const { open, input, viewer } = props;
  const picker = usePicker(open);
  const people = useMemo(() => roomPeople(browserFetch, () => open.client.view.room), [open]);
  const without = () => new Set([viewer.id, ...open.client.view.blocked]);
  const sources = {
    emoji: (query: string, limit: number) => picker.suggest(query, limit),
    people,
    rooms: () => props.rooms,
  };
  return (
    <>
      <Suggestions
        input={input}
        sources={sources}
        without={without}
        onUsed={(emoji) => picker.used(emoji)}
      />
      {props.picking && <Picker {...props} picker={picker} />}
    </>
  );
}
