/** Stands for what is loaded when it is drawn. */
import { lazily } from "./lazily.tsx";

const extras = () => import("./extras.ts");

export const RoomLink = lazily(async () => (await extras()).RoomLink);
export const CloseRoom = lazily(async () => (await extras()).CloseRoom);
