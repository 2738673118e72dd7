import { mayEnterLounge } from "../../lib/protocol/permissions.ts";
import type { LanguageRoomView, LoungeView, Viewer } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import { guestHref, loginHref, LOUNGES_HREF, ME_HREF, registerHref, roomHref } from "../links.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Badge, OnlineCount } from "../ui/Badge.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Logo } from "../ui/Logo.tsx";
import { Name } from "../ui/Name.tsx";
import type { RoomRailProps } from "./props.ts";

function RoomLink(
  { lounge, room, current }: { lounge: LoungeView; room: LanguageRoomView; current: boolean },
) {
  return (
    <li>
      <a
        href={roomHref(lounge, room)}
        aria-current={current ? "page" : undefined}
        class={cx(
          "ring-inside flex min-h-[36px] items-center gap-2 rounded ps-8 pe-3 no-hover:min-h-[44px]",
          current ? "bg-accent-soft font-bold text-accent-text" : "hover:bg-hover",
        )}
      >
        <Name class="grow" lang={room.language}>{room.name}</Name>
        {room.online > 0 && <OnlineCount count={room.online} />}
      </a>
    </li>
  );
}

function LoungeGroup(
  { lounge, currentRoomId }: { lounge: LoungeView } & Pick<RoomRailProps, "currentRoomId">,
) {
  const here = lounge.rooms.some((room) => room.id === currentRoomId);
  return (
    <details open={here}>
      <summary class="ring-inside group flex min-h-[36px] items-center gap-2 rounded px-2 font-bold hover:bg-hover no-hover:min-h-[44px]">
        <Icon name="open" class="turns size-4 text-soft" />
        <Name class="grow">{lounge.name}</Name>
        {lounge.ageRating === "_18PLUS_RED" && <Badge tone="red">RED</Badge>}
      </summary>
      <ul class="pb-1">
        {lounge.rooms.map((room) => (
          <RoomLink key={room.id} lounge={lounge} room={room} current={room.id === currentRoomId} />
        ))}
      </ul>
    </details>
  );
}

function Leave({ csrf }: { csrf: string }) {
  return (
    <form method="post" action="/leave">
      <input type="hidden" name="csrf" value={csrf} />
      <button
        type="submit"
        class="inline-flex size-11 items-center justify-center rounded text-soft hover:bg-hover hover:text-ink"
        aria-label="Leave Parley"
        title="Leave Parley"
      >
        <Icon name="leave" class="size-5 mirrored" />
      </button>
    </form>
  );
}

function Me({ viewer, csrf }: { viewer: Viewer; csrf?: string }) {
  const guest = viewer.tier === "guest";
  return (
    <div class="flex items-center gap-1">
      <a
        href={guest ? registerHref() : ME_HREF}
        class="ring-inside flex min-h-[44px] min-w-0 grow items-center gap-3 rounded px-2 py-1 hover:bg-hover"
      >
        <Avatar name={viewer.name} src={viewer.avatar} />
        <span class="min-w-0">
          <Name class="font-bold leading-5">{viewer.name}</Name>
          <span class="block text-sm leading-5 text-soft">
            {guest ? "Guest · keep my name" : "Your account"}
          </span>
        </span>
      </a>
      {csrf && <Leave csrf={csrf} />}
    </div>
  );
}

/** Who I am here, or the way in. */
function RailFoot({ viewer, csrf }: Pick<RoomRailProps, "viewer" | "csrf">) {
  return (
    <div class="shrink-0 border-t border-line p-2">
      {viewer ? <Me viewer={viewer} csrf={csrf} /> : (
        <div class="grid gap-2">
          <ButtonLink icon="enter" href={guestHref()}>Enter as a guest</ButtonLink>
          <ButtonLink kind="quiet" href={loginHref()}>Sign in</ButtonLink>
        </div>
      )}
    </div>
  );
}

/** The left rail: lounges and their language rooms. */
export function RoomRail({ lounges, currentRoomId, viewer, csrf, closeHref, onClose }: RoomRailProps) {
  return (
    <>
      <div class="flex h-14 shrink-0 items-center border-b border-line ps-4 pe-1.5">
        <a href="/" class="me-auto block rounded" aria-label="Parley, home">
          <Logo />
        </a>
        <IconButton
          icon="close"
          label="Back to the conversation"
          href={closeHref}
          onClick={onClose}
          class="md:hidden"
        />
      </div>
      <div class="ring-inside min-h-0 grow overflow-y-auto p-2">
        <ul>
          {lounges.filter((lounge) => mayEnterLounge(viewer, lounge.ageRating)).map((lounge) => (
            <li key={lounge.id}>
              <LoungeGroup lounge={lounge} currentRoomId={currentRoomId} />
            </li>
          ))}
        </ul>
        <a
          href={LOUNGES_HREF}
          class="ring-inside mt-2 flex min-h-[36px] items-center rounded px-2 text-sm text-soft hover:bg-hover hover:text-ink"
        >
          All lounges
        </a>
      </div>
      <RailFoot viewer={viewer} csrf={csrf} />
    </>
  );
}
