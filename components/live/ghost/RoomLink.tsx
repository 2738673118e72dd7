import { qrCode } from "../../../lib/client/qr.ts";
import { LinkPanel } from "../../ghost/LinkPanel.tsx";

/** The room's link, bound to what the browser can do with it. */
export function RoomLink({ encrypted }: { encrypted: boolean }) {
  const link = linkOf(location.href);
  return (
    <LinkPanel
      link={link}
      encrypted={encrypted}
      onCopy={(text) => navigator.clipboard.writeText(text)}
      // Whoever closes the sheet has not shared, and that is no error.
      onShare={"share" in navigator ? (url) => void navigator.share({ url }).catch(() => {}) : undefined}
      drawCode={qrCode}
    />
  );
}

/** The address with its key, without the pane that a phone shows. */
function linkOf(address: string): string {
  const url = new URL(address);
  const key = new URLSearchParams(url.hash.slice(1)).get("k");
  url.hash = key === null ? "" : `k=${key}`;
  url.search = "";
  return url.href;
}
