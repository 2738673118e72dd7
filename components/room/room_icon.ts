import type { RoomKind } from "../../lib/protocol/types.ts";
import type { IconName } from "../ui/Icon.tsx";

/** Each kind of room has its drawing, in its header and in lists. */
export const ROOM_ICONS: Record<RoomKind, IconName> = {
  language: "lounges",
  slug: "hash",
  password: "lock",
  ghost: "ghost",
  direct: "people",
};
