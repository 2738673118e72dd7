import { mayEnterLounge } from "../../lib/protocol/permissions.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Emoji } from "../../lib/protocol/markdown/plain_text.ts";
import type { LoungeView, Message, RoomInfo, Viewer } from "../../lib/protocol/types.ts";
import type { Clock } from "../clock.ts";
import { guestHref, loginHref, loungePlace, LOUNGES_HREF, registerHref } from "../links.ts";
import { onlineIn } from "../lounges/order.ts";
import { OnlineCount } from "../ui/Badge.tsx";
import { Name } from "../ui/Name.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { TextLink } from "../ui/TextLink.tsx";
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
    /** Whom the viewer has blocked. */
    blocked: UserId[];
    /** What shortcodes stand for. */
    emoji: Emoji;
  };
  lounges: LoungeView[];
}

function Welcome({ viewer, liveHref }: { viewer: Viewer | null; liveHref?: string }) {
  return (
    <div class="flex flex-col items-start gap-5">
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
        <span class="hidden sm:block">
          <ButtonLink size="large" kind="quiet" href={LOUNGES_HREF}>See all lounges</ButtonLink>
        </span>
      </div>
      {!viewer && (
        <p class="text-soft">
          Have an account? <TextLink href={loginHref()}>Sign in</TextLink>, or{" "}
          <TextLink href={registerHref()}>create one</TextLink>.
        </p>
      )}
    </div>
  );
}

function OtherDoors({ lounges }: { lounges: LoungeView[] }) {
  return (
    <section aria-labelledby="other-doors">
      <h2 id="other-doors" class="font-bold text-soft">Other lounges</h2>
      <ul class="mt-3 grid gap-3 sm:grid-cols-2">
        {lounges.map((lounge) => (
          <li key={lounge.id}>
            <a
              href={`${LOUNGES_HREF}#${loungePlace(lounge.slug)}`}
              class="flex h-full flex-col gap-1 rounded border border-line px-4 py-3 hover:border-strong hover:bg-hover"
            >
              <span class="flex items-center gap-3">
                <Name class="grow font-bold">{lounge.name}</Name>
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
  const others = lounges.filter((lounge) =>
    mayEnterLounge(viewer, lounge.ageRating) && lounge.id !== live?.room.lounge?.id
  );
  return (
    <div class="grid items-start gap-x-14 gap-y-10 pt-8 md:pt-14 lg:grid-cols-2 lg:grid-rows-[auto_1fr]">
      <Welcome viewer={viewer} liveHref={live?.href} />
      {live && (
        <div class="lg:row-span-2">
          <LiveLounge {...live} clock={clock} />
        </div>
      )}
      {others.length > 0 && <OtherDoors lounges={others} />}
    </div>
  );
}
