import { type ComponentType, type RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import type { OpenRoom } from "../../lib/client/open_room.ts";
import type { Helping } from "../room/props.ts";
import { EmojiButton } from "../room/composer/EmojiButton.tsx";
import type { WritingHelpProps } from "./help/WritingHelp.tsx";

/** A word is begun that something might finish. */
const BEGUN = /[:@#]\S*$/;

type Asked = Pick<WritingHelpProps, "viewer" | "rooms" | "withoutStickers">;

/**
 * Help with writing: emoji, stickers, suggestions. All but the button is loaded when it is first asked for.
 * @returns what the composer draws, and what must hear of each change of its text
 */
export function useHelp(open: OpenRoom | null, input: RefObject<HTMLTextAreaElement>, asked: Asked) {
  const [Help, setHelp] = useState<ComponentType<WritingHelpProps> | null>(null);
  const [picking, setPicking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const load = () =>
    Help ? undefined : import("./help/WritingHelp.tsx").then(
      ({ WritingHelp }) => setHelp(() => WritingHelp),
      // No network: the next press tries again.
      () => setPicking(false),
    );
  const helping: Helping = {
    above: open && Help && (
      <Help
        {...asked}
        open={open}
        input={input}
        opener={opener}
        picking={picking}
        onClose={() => setPicking(false)}
      />
    ),
    button: (
      <EmojiButton
        label={asked.withoutStickers ? "Emoji" : "Emoji and stickers"}
        buttonRef={opener}
        expanded={picking}
        onClick={open && (() => {
          load();
          setPicking(!picking);
        })}
      />
    ),
  };
  const typed = (text: string) => void (BEGUN.test(text.slice(0, input.current?.selectionEnd)) && load());
  return { helping, typed };
}
