import { LOUNGES_HREF } from "../links.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Lantern } from "../ui/Logo.tsx";

export interface ErrorPageProps {
  /** HTTP status. */
  status: number;
  /** Overrides the words that belong to the status. Never put an exception's text here. */
  title?: string;
  text?: string;
  /** Address to try again, for what may pass. */
  retryHref?: string;
  /** Lets somebody who asks for help name this very failure. */
  requestId?: string;
}

const WORDS: Record<number, [title: string, text: string]> = {
  400: [
    "That did not make sense to us",
    "The address or the form was not what this page expects. Go back and try once more.",
  ],
  401: [
    "Please come in first",
    "This page is for people who have a name here. Entering as a guest takes ten seconds.",
  ],
  403: ["This door is not open to you", "You may not see this page. If you just signed out, come in again."],
  404: ["There is nothing at this address", "The link may be old, or a letter of it may have gone astray."],
  410: ["This is closed", "It was here once, and is no more."],
  429: ["That was a little fast", "Wait a moment, then try again."],
  503: ["We cannot save anything just now", "Nothing is lost. Try again in a minute."],
};
const BROKEN: [string, string] = [
  "Something broke on our side",
  "It is not your doing, and what you sent before is kept. Please try again.",
];

/** What happened, what to do, and the way home. */
export function ErrorPage({ status, title, text, retryHref, requestId }: ErrorPageProps) {
  const [saidTitle, saidText] = WORDS[status] ?? (status >= 500 ? BROKEN : WORDS[400]!);
  return (
    <div class="mx-auto flex max-w-form flex-col items-center gap-4 py-16 text-center">
      <Lantern class="size-16" />
      <p class="text-sm font-bold tabular-nums text-soft">Error {status}</p>
      <h1 class="text-2xl font-extrabold tracking-tight">{title ?? saidTitle}</h1>
      <p class="text-soft">{text ?? saidText}</p>
      <div class="mt-2 flex flex-wrap justify-center gap-3">
        {retryHref && <ButtonLink href={retryHref} kind="primary" icon="retry">Try again</ButtonLink>}
        <ButtonLink href="/" kind={retryHref ? "secondary" : "primary"} icon="home">Go home</ButtonLink>
        <ButtonLink href={LOUNGES_HREF} icon="lounges">Lounges</ButtonLink>
      </div>
      {requestId && <p class="text-xs text-soft">If you ask for help, say this number: {requestId}</p>}
    </div>
  );
}
