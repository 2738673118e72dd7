import { type Clock, dayName, timeOfDay } from "../clock.ts";
import { Page } from "../layout/Page.tsx";
import { Badge } from "../ui/Badge.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";

export interface OutboxItem {
  channel: "mail" | "sms";
  to: string;
  /** Empty for text messages. */
  subject: string;
  text: string;
  /** ISO 8601, UTC. */
  createdAt: string;
}

export interface OutboxPageProps {
  /** Newest first. */
  messages: OutboxItem[];
  clock: Clock;
}

/** What a machine without providers would have sent. */
export function OutboxPage({ messages, clock }: OutboxPageProps) {
  return (
    <Page
      title="Outbox"
      lead="Mails and text messages that were not sent, because no provider is set. There in development only."
    >
      {messages.length === 0
        ? <EmptyState title="Nothing yet" text="Register, and the code comes here." />
        : (
          <ol class="flex flex-col gap-4">
            {messages.map((message, index) => (
              <li key={messages.length - index}>
                <Message message={message} clock={clock} />
              </li>
            ))}
          </ol>
        )}
    </Page>
  );
}

function Message(
  { message: { channel, to, subject, text, createdAt }, clock }: { message: OutboxItem; clock: Clock },
) {
  return (
    <article class="rounded-lg border border-line bg-raised p-4 md:p-6">
      <div class="flex flex-wrap items-center gap-3 text-sm text-soft">
        <Badge tone={channel === "mail" ? "accent" : "good"}>{channel === "mail" ? "mail" : "SMS"}</Badge>
        <span>
          to <strong class="font-bold" dir="ltr">{to}</strong>
        </span>
        <time dateTime={createdAt}>{dayName(clock, createdAt)}, {timeOfDay(clock, createdAt)}</time>
      </div>
      {subject && <h2 class="mt-2 text-lg font-bold">{subject}</h2>}
      <p class="mt-2 max-w-words whitespace-pre-wrap break-words">{text}</p>
    </article>
  );
}
