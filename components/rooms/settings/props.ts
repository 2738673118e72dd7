import type { MadeInvite, RoomDetails } from "../../../lib/protocol/forms/rooms.ts";
import type { NotifyLevel } from "../../../lib/protocol/forms/notifications.ts";
import type { Viewer } from "../../../lib/protocol/types.ts";
import type { Refused } from "../../admin/form.ts";
import type { Clock } from "../../clock.ts";

/** What every panel of a room's settings is given. */
export interface SettingsProps {
  details: RoomDetails;
  viewer: Viewer;
  /** What the viewer is told of this room; null for what is usual. */
  level: NotifyLevel | null;
  clock: Clock;
  csrf: string;
  /** This page: where all its forms post to. */
  path: string;
  /** The form that came back. */
  refused?: Refused;
  /** The invite that was just made: its link is shown this once. */
  made?: MadeInvite;
}
