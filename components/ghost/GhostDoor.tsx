import type { ComponentChildren } from "preact";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { CountdownRing } from "./CountdownRing.tsx";
import { LockLine } from "./LockLine.tsx";
import { NameField, Trouble } from "./NameField.tsx";
import { Notice } from "./Notice.tsx";

export interface DoorRoom {
  /** Milliseconds. */
  left: number;
  life: number;
  taken: number;
  capacity: number;
  encrypted: boolean;
}

/** Why there is no way in here. */
export interface Barred {
  title: string;
  text: string;
  /** Asking once more may help. */
  again?: boolean;
}

export interface GhostDoorProps {
  /** Null until it is known. */
  room: DoorRoom | null;
  barred?: Barred;
  nickname: string;
  onNickname: (nickname: string) => void;
  onJoin: () => void;
  onAgain: () => void;
  busy: boolean;
  /** What is wrong with the nickname, and with the whole. */
  errors?: { nickname?: string; form?: string };
  /** For whoever made the room: its link. */
  made?: ComponentChildren;
}

function Facts({ room }: { room: DoorRoom }) {
  return (
    <div class="flex flex-col items-center gap-3">
      <CountdownRing left={room.left} life={room.life} large />
      <p class="flex items-center gap-2 text-soft">
        <Icon name="people" class="size-4" />
        <span class="tabular-nums">{room.taken} of {room.capacity} places taken</span>
      </p>
    </div>
  );
}

function Shut({ barred, onAgain }: { barred: Barred; onAgain: () => void }) {
  return (
    <Notice title={barred.title} text={[barred.text]}>
      {barred.again && <Button kind="primary" icon="retry" onClick={onAgain}>Try again</Button>}
    </Notice>
  );
}

/** Before a ghost room: what it is, who can read it, and a name to go in by. */
export function GhostDoor(props: GhostDoorProps) {
  const { room, barred, errors, busy } = props;
  if (barred) return <Shut barred={barred} onAgain={props.onAgain} />;
  const full = room !== null && room.taken >= room.capacity;
  return (
    <div class="flex flex-col gap-6">
      <div class="text-center">
        <h1 class="text-2xl font-extrabold tracking-tight">
          {props.made ? "Your room is ready" : "You are asked into a ghost room"}
        </h1>
        <p class="mt-2 text-soft">No account. When its time is over, all that was said is gone for good.</p>
      </div>
      {room
        ? <Facts room={room} />
        : <p class="py-12 text-center text-soft" role="status">Looking for the room…</p>}
      {room && <LockLine encrypted={room.encrypted} />}
      {props.made && <div class="rounded-lg border border-line bg-raised p-4">{props.made}</div>}
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          props.onJoin();
        }}
      >
        <Trouble text={errors?.form} />
        <NameField value={props.nickname} error={errors?.nickname} onInput={props.onNickname} />
        <Button type="submit" kind="primary" size="large" icon="enter" disabled={busy || !room || full}>
          {busy ? "Coming in…" : full ? "No place is free" : "Come in"}
        </Button>
      </form>
    </div>
  );
}
