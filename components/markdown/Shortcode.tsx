import { useEffect, useState } from "preact/hooks";
import { loadEmoji } from "../../lib/protocol/markdown/emoji.ts";
import { type Emoji, emojiOf } from "../../lib/protocol/markdown/plain_text.ts";

/** An emoji by name. A name that did not come with the page is looked up in the browser; one that is none stays. */
export function Shortcode({ code, emoji = {} }: { code: string; emoji?: Emoji }) {
  const [more, setMore] = useState<Emoji>({});
  const known = Object.hasOwn(emoji, code);
  useEffect(() => {
    if (known) return;
    let wanted = true;
    // Without a network the name stays, and says what is meant.
    loadEmoji().then((all) => wanted && setMore(all), () => {});
    return () => {
      wanted = false;
    };
  }, [known]);
  const shown = emojiOf(code, known ? emoji : more);
  return shown === `:${code}:` ? <>{shown}</> : <span title={`:${code}:`}>{shown}</span>;
}
