/** All that files take: loaded when the first one is chosen or shown. */
export { roomFiles } from "../../../lib/client/ghost/files.ts";
export { Tray } from "../../../lib/client/ghost/tray.ts";
export { isPicture } from "../../../lib/client/sealing/files.ts";
export { FileTray } from "../../ghost/FileTray.tsx";
export { MessageFiles } from "../../ghost/MessageFiles.tsx";
