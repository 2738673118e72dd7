import type { ComponentChildren } from "preact";
import type { RoomInfo, Viewer } from "../../lib/protocol/types.ts";
import { DASHBOARD_HREF, DIRECTORY_HREF, loginHref, registerHref } from "../links.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Form, FormError } from "../ui/Form.tsx";
import { Lantern } from "../ui/Logo.tsx";
import { Name } from "../ui/Name.tsx";
import { memberWords } from "./counts.ts";

/** Why somebody stands before the door, and what opens it. */
export type DoorState = "open" | "invite-only" | "banned" | "archived";

export interface RoomDoorProps {
  state: DoorState;
  viewer: Viewer | null;
  /** What may be told of the room; nothing of one that takes an invite. */
  room?: Pick<RoomInfo, "name" | "topic">;
  memberCount?: number;
  /** This page: where the form posts to, and where coming in leads back to. */
  path: string;
  csrf: string;
  /** It was reached by an invite link. */
  invited?: boolean;
  error?: string;
}

const CLOSED: Record<Exclude<DoorState, "open">, [title: string, text: string]> = {
  "invite-only": ["This room is by invite only", "Somebody who is in it can give you a link."],
  banned: ["You are banned from this room", "Those who keep order in it can take that back."],
  archived: ["This room is archived", "Its members can still read it. Nobody new comes in."],
};

function WayIn({ viewer, path, csrf, invited }: RoomDoorProps) {
  if (!viewer || viewer.tier === "ghost") {
    return (
      <>
        <p class="text-soft">Joining takes an account. You come back here afterwards.</p>
        <Doors>
          <ButtonLink kind="primary" href={loginHref(path)}>Sign in</ButtonLink>
          <ButtonLink href={registerHref(path)}>Create an account</ButtonLink>
        </Doors>
      </>
    );
  }
  if (viewer.tier === "guest") {
    return (
      <>
        <p class="text-soft">Joining takes an account. Yours keeps your name and what you said.</p>
        <Doors>
          <ButtonLink kind="primary" href={registerHref(path)}>Create an account</ButtonLink>
        </Doors>
      </>
    );
  }
  return (
    <Form action={path} csrf={csrf} hidden={{ step: "join" }}>
      <Button type="submit" kind="primary" size="large" icon="enter">
        {invited ? "Accept and join" : "Join this room"}
      </Button>
    </Form>
  );
}

function Doors({ children }: { children: ComponentChildren }) {
  return <div class="flex flex-wrap justify-center gap-3">{children}</div>;
}

/** Before a room that one is not in: what it is, how many are in it, and the way in. */
export function RoomDoor(props: RoomDoorProps) {
  const { state, viewer, room, memberCount, invited } = props;
  const closed = state === "open" ? null : CLOSED[state];
  return (
    <div class="mx-auto flex max-w-form flex-col items-center gap-4 py-12 text-center md:py-16">
      <Lantern class="size-16" />
      {invited && <p class="font-bold text-accent-text">You are invited</p>}
      {room
        ? (
          <div class="w-full">
            <h1 class="text-2xl font-extrabold tracking-tight">
              <Name class="flex justify-center">{room.name}</Name>
            </h1>
            {room.topic && <p class="words mt-1" dir="auto">{room.topic}</p>}
            {memberCount !== undefined && (
              <p class="mt-1 tabular-nums text-soft">{memberWords(memberCount)}</p>
            )}
          </div>
        )
        : <h1 class="text-2xl font-extrabold tracking-tight">{closed?.[0]}</h1>}
      <FormError text={props.error} />
      {closed
        ? (
          <>
            <p class="text-soft">{room ? `${closed[0]}. ${closed[1]}` : closed[1]}</p>
            <Doors>
              {!viewer && <ButtonLink kind="primary" href={loginHref(props.path)}>Sign in</ButtonLink>}
              {viewer && <ButtonLink href={DASHBOARD_HREF}>Your rooms</ButtonLink>}
              <ButtonLink href={DIRECTORY_HREF}>Public rooms</ButtonLink>
            </Doors>
          </>
        )
        : <WayIn {...props} />}
    </div>
  );
}
