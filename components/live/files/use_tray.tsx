import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { pastedFiles } from "../../../lib/client/given_files.ts";
import type { Tray, TrayState } from "../../../lib/client/tray.ts";
import { ATTACHMENTS_MAX } from "../../../lib/protocol/limits.ts";
import { AttachButton } from "../../room/composer/AttachButton.tsx";
import type { Attaching } from "../../room/props.ts";
import type { UploadTrayProps } from "../../room/UploadTray.tsx";
import { useLatest } from "../use_latest.ts";

/** What files take, once somebody has chosen one. */
export interface TrayParts {
  tray: Tray;
  UploadTray: ComponentType<UploadTrayProps>;
}

const NOTHING: TrayState = { items: [] };
const UNLOADED = "Files cannot be sent right now. See whether there is a network, and choose them again.";
const HELD = "A file did not get there. Try it again, or take it away.";

/** Loads once, and again when that failed; what was on its way when the page goes is taken back. */
function useParts(load: () => Promise<TrayParts>) {
  const [parts, setParts] = useState<TrayParts | null>(null);
  const [failed, setFailed] = useState(false);
  const loading = useRef<Promise<TrayParts> | null>(null);
  useEffect(() => () => void loading.current?.then(({ tray }) => tray.empty()), []);
  const withTray = async (use: (tray: Tray) => void) => {
    try {
      const loaded = await (loading.current ??= load());
      setParts(loaded);
      setFailed(false);
      use(loaded.tray);
    } catch {
      loading.current = null;
      setFailed(true);
    }
  };
  return { parts, failed, withTray };
}

/**
 * The files that go with the next message.
 * @param barred why this person sends none here, fit to show
 */
export function useTray(load: () => Promise<TrayParts>, barred?: string): Attaching {
  const { parts, failed, withTray } = useParts(load);
  const { items, notice } = useLatest(parts?.tray, (tray) => tray.state, () => NOTHING);
  const onFiles = (files: File[]) => {
    if (files.length > 0) withTray((tray) => barred === undefined ? tray.add(files) : tray.say(barred));
  };
  return {
    tray: parts
      ? (
        <parts.UploadTray
          items={items}
          notice={notice}
          onRemove={(key) => parts.tray.remove(key)}
          onRetry={(key) => parts.tray.retry(key)}
        />
      )
      : failed && <p class="px-3 pt-2 text-sm font-semibold text-bad" role="alert">{UNLOADED}</p>,
    ...(barred === undefined && {
      button: <AttachButton disabled={items.length >= ATTACHMENTS_MAX} onFiles={onFiles} />,
    }),
    phase: parts?.tray.phase ?? "empty",
    ready: parts?.tray.ready ?? [],
    onFiles,
    onPaste(event) {
      const files = pastedFiles(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    },
    onHeld: () => parts?.tray.say(HELD),
    onSent: () => parts?.tray.empty(),
  };
}
