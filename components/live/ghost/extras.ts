/** What most visitors of a ghost room never see: loaded when it is drawn. */
export { CloseRoom } from "../../ghost/CloseRoom.tsx";
export { RoomLink } from "./RoomLink.tsx";
