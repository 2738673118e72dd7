/** Sections that bring servers of their own: name, as `--only` takes it → what measures it. */
import type { Effort } from "./alone.ts";
import type { Measure } from "./figures.ts";
import { benchHistory } from "./history.ts";
import { benchIdle } from "./idle.ts";
import { benchIsolates } from "./isolates.ts";
import { benchJoins } from "./joins.ts";
import { benchMembers } from "./members.ts";
import { benchReconnect } from "./reconnect.ts";
import { benchRoomPages } from "./room_pages.ts";

export const SECTIONS: Record<string, (effort: Effort) => Promise<Measure[]>> = {
  idle: benchIdle,
  reconnect: benchReconnect,
  join: benchJoins,
  history: benchHistory,
  members: benchMembers,
  pages: benchRoomPages,
  isolates: benchIsolates,
};
