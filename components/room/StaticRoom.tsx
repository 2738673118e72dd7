import type { Viewer } from "../../lib/protocol/types.ts";
import { acquainted, firstAcquaintance } from "./acquaintance.ts";
import { NotifyLevel } from "./NotifyLevel.tsx";
import { plainFiles } from "./Attachments.tsx";
import { AttachButton } from "./composer/AttachButton.tsx";
import type { RoomPageProps } from "./props.ts";
import { RoomHeader } from "./RoomHeader.tsx";
import { RoomRail } from "./RoomRail.tsx";
import { RoomView } from "./RoomView.tsx";

interface StaticRoomProps extends RoomPageProps {
  viewer: Viewer | null;
  /** Set on older pages of the history: back to the newest one. */
  newestHref?: string;
  draft?: string;
}

/** A room without a socket: for visitors who have no name yet, and for older pages of its history. */
export function StaticRoom(props: StaticRoomProps) {
  const { snapshot, viewer, path } = props;
  const first = firstAcquaintance({ ...props, me: viewer?.username });
  const { known, names } = acquainted(first, snapshot.messages, snapshot.members);
  return (
    <RoomView
      room={snapshot.room}
      viewer={viewer}
      rooms={props.rooms}
      lounges={props.lounges}
      settings={props.settings}
      readOnly={props.readOnly}
      list={{
        messages: snapshot.messages,
        blocked: new Set(props.blocked),
        known,
        nameOf: (id) => names.get(id),
        sought: props.lit,
        highlighted: props.lit,
        clock: props.clock,
        hasOlder: snapshot.hasOlder,
        olderHref: props.olderHref,
        newestHref: props.newestHref,
        replied: props.replied,
        files: plainFiles,
      }}
      composer={{
        action: path,
        csrf: props.csrf,
        clientId: props.clientId,
        value: props.draft,
        notice: props.notice,
        attaching: viewer?.tier === "member" ? { button: <AttachButton /> } : undefined,
      }}
      notify={props.level !== undefined && (
        <NotifyLevel
          room={snapshot.room}
          level={props.level}
          csrf={props.csrf}
          next={`${path}?pane=people`}
        />
      )}
      people={snapshot.members}
      online={snapshot.presence.online}
      typing={[]}
      connection="live"
      pane={props.pane}
      peopleOpen={props.peopleOpen}
      path={path}
      guestHref={props.guestHref}
      header={RoomHeader}
      rail={RoomRail}
    />
  );
}
