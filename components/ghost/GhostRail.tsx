import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Avatar } from "../ui/Avatar.tsx";
import { Button } from "../ui/Button.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Logo } from "../ui/Logo.tsx";
import { Name } from "../ui/Name.tsx";
import { LockLine } from "./LockLine.tsx";
import { Trouble } from "./NameField.tsx";

export interface GhostRailProps {
  nickname: string;
  encrypted: boolean;
  /** The link, to hand on. */
  link: ComponentChildren;
  /** Out, and the place is free. */
  onLeave: () => void;
  /** For whoever made the room: its end, for everybody. */
  end?: ComponentChildren;
  /** Something was refused. */
  error?: string;
  /** Phone: back to the conversation. */
  onClose?: () => void;
}

/** Drawn when it is asked for. */
function Invite({ children }: { children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  if (open) return <>{children}</>;
  return <Button icon="userPlus" onClick={() => setOpen(true)}>Bring others in</Button>;
}

/** Beside the conversation: who can read, how to bring others in, and the ways out. */
export function GhostRail(props: GhostRailProps) {
  return (
    <>
      <div class="flex h-14 shrink-0 items-center border-b border-line ps-4 pe-1.5">
        <a href="/" class="me-auto block rounded" aria-label="Parley, home">
          <Logo />
        </a>
        <IconButton icon="close" label="Back to the conversation" onClick={props.onClose} class="md:hidden" />
      </div>
      <div class="ring-inside flex min-h-0 grow flex-col gap-5 overflow-y-auto p-3">
        <LockLine encrypted={props.encrypted} />
        <Invite>{props.link}</Invite>
      </div>
      <div class="flex shrink-0 flex-col gap-2 border-t border-line p-3">
        <Trouble text={props.error} />
        <p class="flex min-w-0 items-center gap-3">
          <Avatar name={props.nickname} />
          <Name class="font-bold">{props.nickname}</Name>
        </p>
        <Button icon="leave" onClick={props.onLeave}>Leave the room</Button>
        {props.end}
      </div>
    </>
  );
}
