import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { EnteredRoom } from "../../../lib/client/ghost/enter.ts";
import type { RoomFiles } from "../../../lib/client/ghost/files.ts";
import type { Tray, TrayState } from "../../../lib/client/ghost/tray.ts";
import { ATTACHMENTS_MAX } from "../../../lib/protocol/limits.ts";
import { AttachButton } from "../../ghost/AttachButton.tsx";
import { FilePlaces } from "../../ghost/FilePlaces.tsx";
import type { Attaching, ViewMessage } from "../../room/props.ts";
import { useLatest } from "../use_latest.ts";

type Views = typeof import("./file_parts.ts");
type Parts = Views & { files: RoomFiles; tray: Tray };

const NOTHING: TrayState = { items: [] };

/** What files take, once somebody has asked for it. */
function useParts(room: EnteredRoom) {
  const [parts, setParts] = useState<Parts | null>(null);
  const loading = useRef<Promise<Parts> | null>(null);
  const load = useCallback(() =>
    loading.current ??= import("./file_parts.ts").then((views) => {
      const files = room.openFiles(views.roomFiles);
      const loaded = { ...views, files, tray: new views.Tray(files) };
      setParts(loaded);
      return loaded;
    }), []);
  useEffect(() => () => void loading.current?.then(({ tray }) => tray.empty()), []);
  return { parts, load };
}

/** The files of messages, and those that go with the next one. */
export function useFiles(room: EnteredRoom) {
  const { parts, load } = useParts(room);
  const { items, notice } = useLatest(parts?.tray, (tray) => tray.state, () => NOTHING);
  const onFiles = (chosen: File[]) => void load().then(({ tray }) => tray.add(chosen));
  const attaching: Attaching = {
    tray: parts && (
      <parts.FileTray
        items={items}
        notice={notice}
        onRemove={(key) => parts.tray.remove(key)}
      />
    ),
    button: <AttachButton disabled={items.length >= ATTACHMENTS_MAX} onFiles={onFiles} />,
    ready: parts?.tray.ready ?? [],
    busy: parts?.tray.busy ?? false,
    onFiles,
    onSent: () => parts?.tray.empty(),
  };
  const draw = useCallback(({ attachments }: ViewMessage) => {
    if (!parts) return <FilePlaces files={attachments} onShown={load} />;
    return <parts.MessageFiles files={attachments} isPicture={parts.isPicture} open={parts.files.open} />;
  }, [parts]);
  return { attaching, draw };
}
