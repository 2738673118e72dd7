import { useState } from "preact/hooks";
import { Button } from "../ui/Button.tsx";

export interface LinkPanelProps {
  /** The whole link, key and all. */
  link: string;
  encrypted: boolean;
  /** @throws when the browser does not let us */
  onCopy: (link: string) => Promise<void>;
  /** Where the device has a share sheet. */
  onShare?: (link: string) => void;
  /** Draws the link. */
  drawCode: (link: string) => Promise<{ size: number; path: string }>;
}

type Code = Awaited<ReturnType<LinkPanelProps["drawCode"]>>;

function QrCode({ code }: { code: Code }) {
  return (
    <svg
      viewBox={`0 0 ${code.size} ${code.size}`}
      class="mx-auto w-full max-w-[240px] rounded"
      shape-rendering="crispEdges"
      role="img"
      aria-label="The link as a QR code"
    >
      <rect width={code.size} height={code.size} fill="#ffffff" />
      <path d={code.path} fill="#14121f" />
    </svg>
  );
}

/** The way in, to be handed on: as text, by the device's share sheet, as a code for somebody's camera. */
export function LinkPanel({ link, encrypted, onCopy, onShare, drawCode }: LinkPanelProps) {
  const [copied, setCopied] = useState<"yes" | "no">();
  const [code, setCode] = useState<Code>();
  const copy = () => onCopy(link).then(() => setCopied("yes"), () => setCopied("no"));
  const toggle = () => code ? setCode(undefined) : drawCode(link).then(setCode);
  const refused = copied === "no";
  return (
    <div class="flex flex-col gap-3">
      <div>
        <label for="link" class="block font-bold">The link is the way in</label>
        <p class="text-sm text-soft">
          {encrypted
            ? "Hand on the whole of it: the key is in its end. Whoever has it can read."
            : "Whoever has it can come in and read."}
        </p>
      </div>
      <div class="frame eased rounded border border-strong bg-raised">
        <input
          id="link"
          class="block min-h-[44px] w-full rounded px-3 text-sm"
          readOnly
          value={link}
          dir="ltr"
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
      <div class="flex flex-wrap gap-2">
        <Button icon={copied === "yes" ? "check" : "copy"} onClick={copy}>
          {copied === "yes" ? "Copied" : "Copy"}
        </Button>
        {onShare && <Button icon="share" onClick={() => onShare(link)}>Share</Button>}
        <Button icon="qr" aria-expanded={code !== undefined} onClick={toggle}>QR code</Button>
      </div>
      <p role="status" class={refused ? "text-sm font-semibold text-bad" : "sr-only"}>
        {copied === "yes" && "The link is copied."}
        {refused && "Your browser did not let us copy. Mark the link and copy it yourself."}
      </p>
      {code && <QrCode code={code} />}
    </div>
  );
}
