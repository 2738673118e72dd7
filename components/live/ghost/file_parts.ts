/** All that files take: loaded when the first one is chosen or shown. */
export { roomFiles } from "../../../lib/client/ghost/files.ts";
export { filePreviews } from "../../../lib/client/file_previews.ts";
export { isPicture } from "../../../lib/client/sealing/files.ts";
export { Tray } from "../../../lib/client/tray.ts";
export { UploadTray } from "../../room/UploadTray.tsx";
export { MessageFiles } from "../../ghost/MessageFiles.tsx";
