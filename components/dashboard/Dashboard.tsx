import type { Viewer } from "../../lib/protocol/types.ts";
import type { Clock } from "../clock.ts";
import { LOUNGES_HREF, registerHref } from "../links.ts";
import { Page } from "../layout/Page.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Icon } from "../ui/Icon.tsx";
import { type MyRoom, RoomRow } from "./RoomRow.tsx";

export interface DashboardProps {
  viewer: Viewer;
  clock: Clock;
  /** Rooms I have read in, the latest activity first. */
  rooms: MyRoom[];
}

function GuestHint() {
  return (
    <section
      class="flex flex-wrap items-center gap-4 rounded-lg border border-line bg-accent-soft p-4"
      aria-labelledby="guest-hint"
    >
      <Icon name="clock" class="size-6 text-accent-text" />
      <div class="min-w-0 grow basis-64">
        <h2 id="guest-hint" class="font-bold">Your name is yours for a day</h2>
        <p class="text-sm">With an account it stays, and so does what you said and read.</p>
      </div>
      <ButtonLink kind="primary" href={registerHref()}>Keep my name</ButtonLink>
    </section>
  );
}

/** `/dashboard`: where I was, what is new there, and the doors to more. */
export function Dashboard({ viewer, clock, rooms }: DashboardProps) {
  return (
    <Page title="Your rooms" lead={rooms.length > 0 && "Where you have been, the liveliest first."}>
      <div class="flex flex-col gap-5">
        {viewer.tier === "guest" && <GuestHint />}
        {rooms.length === 0
          ? (
            <EmptyState
              title="You have not been anywhere yet"
              text="Walk into a lounge: what is new there will be counted here."
            >
              <ButtonLink kind="primary" icon="lounges" href={LOUNGES_HREF}>See the lounges</ButtonLink>
            </EmptyState>
          )
          : (
            <>
              <ul class="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
                {rooms.map((room) => (
                  <li key={room.id}>
                    <RoomRow room={room} clock={clock} />
                  </li>
                ))}
              </ul>
              <p>
                <ButtonLink icon="lounges" href={LOUNGES_HREF}>All lounges</ButtonLink>
              </p>
            </>
          )}
      </div>
    </Page>
  );
}
