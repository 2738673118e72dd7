import { useEffect, useState } from "preact/hooks";
import type { CodeToken } from "../../lib/highlight/highlight.ts";
import { languageOf } from "../../lib/highlight/languages.ts";
import { visible } from "./visible.ts";

/** How long the button says that it did what it was asked, in milliseconds. */
const SAID_MS = 2_000;

function CopyButton({ text }: { text: string }) {
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(() => setSaid("Copied"), () => setSaid("Could not copy"));
  return (
    <button
      type="button"
      onClick={copy}
      class="min-h-[32px] rounded-sm px-2 font-semibold hover:bg-hover hover:text-ink no-hover:min-h-[44px]"
    >
      <span aria-live="polite">{said ?? "Copy"}</span>
      {!said && <span class="sr-only">the code</span>}
    </button>
  );
}

/** Tokens once the colours are there; until then, and on the server, the code as it is. */
function useTokens(text: string, language: string): CodeToken[] {
  const [coloured, setColoured] = useState<{ text: string; tokens: CodeToken[] }>();
  useEffect(() => {
    const known = languageOf(language);
    if (!known) return;
    let wanted = true;
    import("../../lib/highlight/highlight.ts")
      .then(({ highlight }) => wanted && setColoured({ text, tokens: highlight(text, known) }))
      // Without a network the code stays black and white.
      .catch(() => {});
    return () => {
      wanted = false;
    };
  }, [text, language]);
  return coloured?.text === text ? coloured.tokens : [{ text }];
}

/** Code between fences. Lines wrap, so that it never needs scrolling sideways. */
export function CodeBlock({ text, language }: { text: string; language: string }) {
  const [canCopy, setCanCopy] = useState(false);
  // Only where the button works is there one: not without scripts, and not without https.
  useEffect(() => setCanCopy(navigator.clipboard !== undefined), []);
  const tokens = useTokens(text, language);
  return (
    <figure class="code-block my-1 rounded-sm border border-line bg-sunken" dir="ltr">
      {/* As tall as its button, so that nothing moves when that comes. */}
      <figcaption class="flex min-h-[33px] items-center justify-between border-b border-line ps-3 pe-1 text-xs text-soft no-hover:min-h-[45px]">
        <span>{language || "code"}</span>
        {canCopy && <CopyButton text={text} />}
      </figcaption>
      <pre class="px-3 py-2 font-mono text-sm">
        <code>
          {tokens.map(({ text, kind }, place) =>
            kind ? <span key={place} class={`code-${kind}`}>{visible(text)}</span> : visible(text)
          )}
        </code>
      </pre>
    </figure>
  );
}
