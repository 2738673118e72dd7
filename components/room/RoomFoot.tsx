import type { Author } from "../../lib/protocol/types.ts";
import { roomNames } from "../../lib/protocol/room_names.ts";
import { DASHBOARD_HREF } from "../links.ts";
import { Composer } from "./Composer.tsx";
import type { RoomViewProps } from "./props.ts";
import { ReadOnlyFooter } from "./ReadOnlyFooter.tsx";

const ARCHIVED = "This room is archived: it can be read, and nothing new is said in it.";

/** In a conversation of two, whom the reader has blocked: it is for them to undo. */
function blockedHere({ room, list: { blocked } }: RoomViewProps): Author | undefined {
  if (room.kind !== "direct" || room.people?.length !== 2) return undefined;
  return room.people.find(({ id }) => blocked?.has(id));
}

/** Where messages are written, or why none can be. */
export function RoomFoot(props: RoomViewProps) {
  const { room, viewer, composer, closed, guestHref, away } = props;
  const { name } = roomNames(room, viewer?.id);
  if (closed) {
    const door = away ?? { href: DASHBOARD_HREF, label: "Your rooms" };
    return <ReadOnlyFooter icon="alert" news door={door}>{closed}</ReadOnlyFooter>;
  }
  if (room.archived) return <ReadOnlyFooter icon="archive">{ARCHIVED}</ReadOnlyFooter>;
  const blocked = blockedHere(props);
  if (blocked) {
    return (
      <ReadOnlyFooter icon="ban" door={{ href: "/me/blocks", label: "People you blocked" }}>
        You blocked <bdi>{blocked.name}</bdi>: nothing can be sent here until you unblock them.
      </ReadOnlyFooter>
    );
  }
  if (props.readOnly) return <ReadOnlyFooter>{props.readOnly}</ReadOnlyFooter>;
  if (viewer && composer) return <Composer {...composer} room={room} roomName={name} />;
  return (
    <ReadOnlyFooter
      door={{ href: guestHref, label: "Enter as a guest to talk", icon: "enter", kind: "primary" }}
    >
      You are reading <bdi>{name}</bdi> as a passer-by.
    </ReadOnlyFooter>
  );
}
