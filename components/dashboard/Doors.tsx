import type { Viewer } from "../../lib/protocol/types.ts";
import {
  DIRECTORY_HREF,
  GHOST_ROOMS_HREF,
  JOIN_HREF,
  LOUNGES_HREF,
  NEW_MESSAGE_HREF,
  NEW_ROOM_HREF,
} from "../links.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";

interface Door {
  href: string;
  icon: IconName;
  title: string;
  text: string;
  /** Takes an account. */
  account?: true;
}

const DOORS: Door[] = [
  { href: NEW_ROOM_HREF, icon: "plus", title: "New room", text: "Public or by invitation", account: true },
  {
    href: NEW_MESSAGE_HREF,
    icon: "write",
    title: "New message",
    text: "To one person or a few",
    account: true,
  },
  {
    href: GHOST_ROOMS_HREF,
    icon: "ghost",
    title: "Ghost room",
    text: "Sealed, and gone when its time is over",
  },
  { href: JOIN_HREF, icon: "lock", title: "Room with a password", text: "Made by whoever names it first" },
  { href: DIRECTORY_HREF, icon: "search", title: "Find a room", text: "All public rooms" },
  { href: LOUNGES_HREF, icon: "lounges", title: "Lounges", text: "Open to everybody, in twelve languages" },
];

/** All ways to other rooms. */
export function Doors({ viewer }: { viewer: Viewer }) {
  const open = DOORS.filter(({ account }) => !account || viewer.tier === "member");
  return (
    <ul class="grid gap-2">
      {open.map(({ href, icon, title, text }) => (
        <li key={href}>
          <a
            href={href}
            class="flex min-h-[56px] items-center gap-3 rounded-lg border border-line bg-raised px-4 py-2 hover:bg-hover"
          >
            <Icon name={icon} class="size-5 shrink-0 text-accent-text" />
            <span class="min-w-0">
              <span class="block font-bold leading-5">{title}</span>
              <span class="block text-sm text-soft">{text}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
