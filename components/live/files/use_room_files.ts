import type { RoomId } from "../../../lib/protocol/ids.ts";
import type { Viewer } from "../../../lib/protocol/types.ts";
import type { Attaching } from "../../room/props.ts";
import { useTray } from "./use_tray.tsx";

interface RoomFilesDeps {
  viewer: Viewer;
  csrf: string;
  roomId: RoomId;
  fileMaxBytes: number;
}

/** As the server says it, too. */
const FOR_ACCOUNTS = "Sending files takes an account. Guests can make theirs into one.";

/** Files for a room that goes by this site's sessions. */
export function useRoomFiles({ viewer, csrf, roomId, fileMaxBytes }: RoomFilesDeps): Attaching {
  return useTray(async () => {
    const { browserFetch, filePreviews, roomUploads, Tray, UploadTray } = await import("./parts.ts");
    const uploads = roomUploads({ fetch: browserFetch, csrf, roomId });
    return { tray: new Tray(uploads, filePreviews, fileMaxBytes), UploadTray };
  }, viewer.tier === "guest" ? FOR_ACCOUNTS : undefined);
}
