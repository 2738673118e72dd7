/** All that sending files into a room takes: loaded when the first one is chosen. */
export { browserFetch } from "../../../lib/client/api.ts";
export { filePreviews } from "../../../lib/client/file_previews.ts";
export { Tray } from "../../../lib/client/tray.ts";
export { roomUploads } from "../../../lib/client/uploads.ts";
export { UploadTray } from "../../room/UploadTray.tsx";
