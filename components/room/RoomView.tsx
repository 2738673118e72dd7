import { roomTitle } from "../../lib/protocol/room_names.ts";
import { cx } from "../cx.ts";
import { roomSearchHref, settingsHref } from "../links.ts";
import { SkipLink } from "../ui/SkipLink.tsx";
import { DropHint } from "./DropHint.tsx";
import { MessageList } from "./MessageList.tsx";
import { NewMessagesPill } from "./NewMessagesPill.tsx";
import { PeoplePanel } from "./PeoplePanel.tsx";
import type { Pane, RoomViewProps } from "./props.ts";
import { RoomBanners } from "./RoomBanners.tsx";
import { RoomFoot } from "./RoomFoot.tsx";
import { TypingLine } from "./TypingLine.tsx";

/** Which parts show at which width: one pane on a phone, rail and conversation on a tablet, all on a desktop. */
function visibility(pane: Pane, peopleOpen: boolean) {
  const onPeople = pane === "people";
  return {
    rail: pane === "rooms" ? cx("flex") : cx("hidden md:flex"),
    conversation: {
      conversation: cx("flex"),
      rooms: cx("hidden md:flex"),
      people: cx("hidden lg:flex"),
    }[pane],
    people: cx(onPeople ? "flex" : "hidden", peopleOpen ? "lg:flex" : "lg:hidden"),
  };
}

function Conversation(props: RoomViewProps & { class: string }) {
  const { room, viewer, online, pane, onPane, path, header } = props;
  const goTo = (to: Pane) => onPane && (() => onPane(to));
  return (
    <section class={cx("relative min-w-0 grow flex-col", props.class)} aria-label="Conversation">
      {header({
        room,
        viewerId: viewer?.id ?? null,
        online,
        searchHref: viewer ? roomSearchHref(room) : undefined,
        searchKeys: onPane && "Control+Shift+F",
        settingsHref: props.settings ? settingsHref(room) : undefined,
        peopleOpen: props.peopleOpen,
        roomsHref: `${path}?pane=rooms`,
        peopleHref: pane === "people" ? path : `${path}?pane=people`,
        onRooms: goTo("rooms"),
        onPeople: goTo("people"),
        onTogglePeople: props.onTogglePeople,
      })}
      <div class="relative flex min-h-0 grow flex-col">
        <RoomBanners
          connection={props.connection}
          waiting={props.waiting}
          onRetry={props.onReconnect}
          endsSoon={props.closed ? null : props.endsSoon}
          clock={props.list.clock}
        />
        <MessageList {...props.list} room={room} viewerId={viewer?.id ?? null} />
        <NewMessagesPill count={props.unseen ?? 0} far={props.far} onClick={props.onUnseenClick} />
      </div>
      {props.overlay}
      {props.dropping && <DropHint />}
      <TypingLine names={props.typing} />
      <div class="safe-bottom shrink-0">
        <RoomFoot {...props} />
      </div>
    </section>
  );
}

/** The room page: rooms on the left, the conversation, people on the right. */
export function RoomView(props: RoomViewProps) {
  const { room, viewer, pane, peopleOpen, path, onPane, rail } = props;
  const shown = visibility(pane, peopleOpen);
  const back = onPane && (() => onPane("conversation"));
  return (
    <div ref={props.rootRef}>
      <SkipLink href="#composer">Skip to writing</SkipLink>
      <main class="tall flex overflow-hidden">
        <h1 class="sr-only">{roomTitle(room, viewer?.id)}</h1>
        <nav
          class={cx("w-full shrink-0 flex-col border-e border-line bg-sunken md:w-64", shown.rail)}
          aria-label="Rooms"
        >
          {rail({
            rooms: props.rooms,
            lounges: props.lounges,
            currentRoomId: room.id,
            viewer,
            csrf: props.composer?.csrf,
            closeHref: path,
            onClose: back,
          })}
        </nav>
        <Conversation {...props} class={shown.conversation} />
        <section
          class={cx(
            "w-full shrink-0 flex-col border-s border-line md:w-auto md:grow lg:grow-0",
            props.side ? "lg:w-96" : "lg:w-64",
            shown.people,
          )}
          aria-label={props.side?.label ?? "People"}
        >
          {props.side?.content ?? (
            <PeoplePanel
              people={props.people}
              online={props.online}
              viewerId={viewer?.id ?? null}
              closeHref={path}
              notify={props.notify}
              onPins={props.onPins}
              onClose={back && (() => {
                if (pane === "people") back();
                else props.onTogglePeople?.();
              })}
            />
          )}
        </section>
      </main>
    </div>
  );
}
