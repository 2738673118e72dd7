import type { ComponentChildren } from "preact";
import { GHOST_ROOMS_HREF } from "../links.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

export interface NoticeProps {
  title: string;
  /** What has happened, and what can be done. */
  text: readonly string[];
  /** A button, where there is something to do here. */
  children?: ComponentChildren;
}

/** All that there is of a room that one is not in: why, and the way on. */
export function Notice({ title, text, children }: NoticeProps) {
  return (
    <div class="flex flex-col items-center gap-3 text-center" role="alert">
      <Icon name="ghost" class="size-12 text-soft" />
      <h1 class="text-2xl font-extrabold tracking-tight">{title}</h1>
      {text.map((line) => <p key={line} class="text-soft">{line}</p>)}
      <div class="mt-2 flex flex-wrap justify-center gap-2">
        {children}
        <ButtonLink href={GHOST_ROOMS_HREF} icon="ghost">Make a ghost room</ButtonLink>
      </div>
    </div>
  );
}
