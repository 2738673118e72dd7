import type { ComponentChildren } from "preact";
import type { Viewer } from "../../lib/protocol/types.ts";
import { Page } from "../layout/Page.tsx";
import { JOIN_HREF, NEW_MESSAGE_HREF, registerHref } from "../links.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Doors } from "./Doors.tsx";

export interface DashboardProps {
  viewer: Viewer;
  /** My rooms, live. */
  list: ComponentChildren;
  goTo: ComponentChildren;
}

const MORE = "more-rooms";

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
      <ButtonLink href={registerHref()}>Keep my name</ButtonLink>
    </section>
  );
}

/** On a phone all doors lie below the list, however long that is: so the next ones, and the way down, above it. */
function Shortcuts({ viewer }: Pick<DashboardProps, "viewer">) {
  const [href, icon, label]: [string, IconName, string] = viewer.tier === "member"
    ? [NEW_MESSAGE_HREF, "write", "New message"]
    : [JOIN_HREF, "lock", "With a password"];
  return (
    <div class="flex flex-wrap gap-3 lg:hidden">
      <ButtonLink icon={icon} href={href}>{label}</ButtonLink>
      <ButtonLink kind="quiet" icon="plus" href={`#${MORE}`}>More rooms</ButtonLink>
    </div>
  );
}

/** `/dashboard`: where I am and was, what is new there, and the doors to more. */
export function Dashboard({ viewer, list, goTo }: DashboardProps) {
  return (
    <Page title="Your rooms">
      <div class="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <section class="flex min-w-0 flex-col gap-5" aria-label="Your rooms">
          <Shortcuts viewer={viewer} />
          {viewer.tier === "guest" && <GuestHint />}
          {list}
        </section>
        <aside id={MORE} class="flex flex-col gap-8" aria-label="More rooms">
          {goTo}
          <Doors viewer={viewer} />
        </aside>
      </div>
    </Page>
  );
}
