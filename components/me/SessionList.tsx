import { type Clock, dayName, fullTime, timeOfDay } from "../clock.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Form } from "../ui/Form.tsx";
import { Icon } from "../ui/Icon.tsx";
import { deviceName, isPhone } from "./device_name.ts";

export interface SessionView {
  id: string;
  /** It is the one that looks at this page. */
  current: boolean;
  userAgent: string;
  address: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  lastSeenAt: string;
}

interface RowProps {
  session: SessionView;
  clock: Clock;
  csrf: string;
}

function When({ clock, at }: { clock: Clock; at: string }) {
  return (
    <time dateTime={at} title={fullTime(clock, at)}>
      {dayName(clock, at)}, <span dir="ltr">{timeOfDay(clock, at)}</span>
    </time>
  );
}

function SessionRow({ session, clock, csrf }: RowProps) {
  const name = deviceName(session.userAgent);
  return (
    <li class="flex flex-wrap items-center gap-x-4 gap-y-2 p-4" data-session={session.id}>
      <Icon name={isPhone(session.userAgent) ? "phone" : "devices"} class="size-6 text-soft" />
      <div class="min-w-0 grow basis-56">
        <p class="flex flex-wrap items-center gap-2 font-bold">
          {name}
          {session.current && <Badge tone="accent">This device</Badge>}
        </p>
        <p class="text-sm text-soft">
          <bdi class="tabular-nums">{session.address}</bdi>
          {" · since "}
          <When clock={clock} at={session.createdAt} />
        </p>
        <p class="text-sm text-soft">
          {"Last seen: "}
          <When clock={clock} at={session.lastSeenAt} />
        </p>
      </div>
      {!session.current && (
        <Form inline action="/me/sessions" csrf={csrf} hidden={{ end: session.id }}>
          <Button type="submit" size="small">
            End<span class="sr-only">{` ${name}, ${session.address}`}</span>
          </Button>
        </Form>
      )}
    </li>
  );
}

/** Every device that is signed in. Ending one closes its open chats as well. */
export function SessionList({ sessions, clock, csrf }: {
  sessions: SessionView[];
  clock: Clock;
  csrf: string;
}) {
  return (
    <>
      <ul class="divide-y divide-line rounded-lg border border-line bg-raised">
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            clock={clock}
            csrf={csrf}
          />
        ))}
      </ul>
      {sessions.length > 1
        ? (
          <Form inline action="/me/sessions" csrf={csrf} hidden={{ end: "others" }}>
            <Button type="submit" kind="danger" icon="leave">End all others</Button>
          </Form>
        )
        : <p class="text-soft">You are signed in on this device alone.</p>}
    </>
  );
}
