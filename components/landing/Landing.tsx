import type { LoungeView, Message, RoomInfo, Viewer } from "../../lib/protocol/types.ts";
import type { Clock } from "../clock.ts";
import { guestHref, LOUNGES_HREF } from "../links.ts";
import { isOpenTo, onlineIn } from "../lounges/order.ts";
import { OnlineCount } from "../ui/Badge.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { LiveLounge } from "./LiveLounge.tsx";

export interface LandingProps {
  viewer: Viewer | null;
  clock: Clock;
  /** The lounge that is shown live; left out when there is none to show. */
  live?: {
    room: RoomInfo;
    /** Its page. */
    href: string;
    /** Some eight, oldest first. */
    messages: Message[];
    online: number;
  };
  lounges: LoungeView[];
}

function Welcome({ viewer, liveHref }: { viewer: Viewer | null; liveHref?: string }) {
  return (
    <div class="flex flex-col items-start gap-5 lg:sticky lg:top-8">
      <h1 class="text-3xl font-extrabold tracking-tight">A place to talk, with the lamps on.</h1>
      <p class="max-w-words text-lg text-soft">
        Open lounges in twelve languages. Read as long as you like; pick a name when you have something to
        say.
      </p>
      <div class="flex flex-wrap gap-3">
        {viewer
          ? (
            <ButtonLink kind="primary" size="large" icon="lounges" href={liveHref ?? LOUNGES_HREF}>
              Back to the lounges
            </ButtonLink>
          )
          : (
            <ButtonLink kind="primary" size="large" icon="enter" href={guestHref(liveHref)}>
              Enter as a guest
            </ButtonLink>
          )}
        <ButtonLink size="large" kind="quiet" href={LOUNGES_HREF}>See all lounges</ButtonLink>
      </div>
    </div>
  );
}

function OtherDoors({ lounges }: { lounges: LoungeView[] }) {
  return (
    <section class="mt-12" aria-labelledby="other-doors">
      <h2 id="other-doors" class="text-xl font-extrabold tracking-tight">Other lounges</h2>
      <ul class="mt-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {lounges.map((lounge) => (
          <li key={lounge.id}>
            <a
              href={`${LOUNGES_HREF}#${lounge.slug}`}
              class="flex h-full flex-col gap-1 rounded-lg border border-line p-4 hover:border-strong hover:bg-hover"
            >
              <span class="flex items-center gap-3">
                <bdi class="min-w-0 grow truncate font-bold">{lounge.name}</bdi>
                <OnlineCount count={onlineIn(lounge)} />
              </span>
              <span class="text-sm text-soft">{lounge.description}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `/`: what this is, a lounge as it is right now, and the ways in. */
export function Landing({ viewer, clock, live, lounges }: LandingProps) {
  const others = lounges.filter((lounge) => isOpenTo(viewer, lounge) && lounge.id !== live?.room.lounge?.id);
  return (
    <div class="pt-8 md:pt-14">
      <div class="grid items-start gap-8 lg:grid-cols-2 lg:gap-14">
        <Welcome viewer={viewer} liveHref={live?.href} />
        {live && <LiveLounge {...live} clock={clock} />}
      </div>
      {others.length > 0 && <OtherDoors lounges={others} />}
    </div>
  );
}
