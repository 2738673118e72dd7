import type { Viewer } from "../../lib/protocol/types.ts";
import { guestHref, loginHref, ME_HREF, registerHref } from "../links.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Name } from "../ui/Name.tsx";
import type { RoomRailProps } from "./props.ts";

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

/** Where there is a keyboard to speak of. */
function ShortcutsButton({ onClick }: { onClick: () => void }) {
  return (
    <button
      type="button"
      class="ring-inside flex min-h-[32px] w-full items-center gap-2 rounded px-2 text-sm text-soft hover:bg-hover hover:text-ink no-hover:hidden"
      onClick={onClick}
    >
      <Icon name="keyboard" class="size-4" />
      Keyboard shortcuts
      <kbd class="ms-auto rounded-sm border border-line px-1.5 text-xs">?</kbd>
    </button>
  );
}

/** Who I am here, or the way in. */
export function RailFoot(
  { viewer, csrf, onShortcuts }: Pick<RoomRailProps, "viewer" | "csrf" | "onShortcuts">,
) {
  return (
    <div class="shrink-0 border-t border-line p-2">
      {viewer ? <Me viewer={viewer} csrf={csrf} /> : (
        <div class="grid gap-2">
          <ButtonLink icon="enter" href={guestHref()}>Enter as a guest</ButtonLink>
          <ButtonLink kind="quiet" href={loginHref()}>Sign in</ButtonLink>
        </div>
      )}
      {onShortcuts && <ShortcutsButton onClick={onShortcuts} />}
    </div>
  );
}
