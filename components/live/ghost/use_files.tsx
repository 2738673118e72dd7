import { useCallback, useRef, useState } from "preact/hooks";
import type { EnteredRoom } from "../../../lib/client/ghost/enter.ts";
import type { RoomFiles } from "../../../lib/client/ghost/files.ts";
import { FilePlaces } from "../../ghost/FilePlaces.tsx";
import type { ViewMessage } from "../../room/props.ts";
import { type TrayParts, useTray } from "../files/use_tray.tsx";

type Parts = typeof import("./file_parts.ts") & TrayParts & { files: RoomFiles };

/** What files take, once somebody has asked for it. */
function useParts(room: EnteredRoom) {
  const [parts, setParts] = useState<Parts | null>(null);
  const loading = useRef<Promise<Parts> | null>(null);
  const load = useCallback(() =>
    loading.current ??= import("./file_parts.ts").then((views) => {
      const files = room.openFiles(views.roomFiles);
      const loaded = { ...views, files, tray: new views.Tray(files, views.filePreviews) };
      setParts(loaded);
      return loaded;
    }, (error) => {
      // No network: the next file tries again.
      loading.current = null;
      throw error;
    }), []);
  return { parts, load };
}

/** The files of messages, and those that go with the next one. */
export function useFiles(room: EnteredRoom) {
  const { parts, load } = useParts(room);
  const attaching = useTray(load);
  const draw = useCallback(({ attachments }: ViewMessage) => {
    if (!parts) return <FilePlaces files={attachments} onShown={() => load().catch(() => {})} />;
    return <parts.MessageFiles files={attachments} isPicture={parts.isPicture} open={parts.files.open} />;
  }, [parts]);
  return { attaching, draw };
}
