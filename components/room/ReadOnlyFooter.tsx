import { ButtonLink } from "../ui/Button.tsx";
import type { ReadOnlyFooterProps } from "./props.ts";

/** Where the composer would be, for somebody who only reads. */
export function ReadOnlyFooter({ guestHref, roomName }: ReadOnlyFooterProps) {
  return (
    <div
      id="composer"
      class="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-t border-line bg-raised px-4 py-3"
    >
      <p class="text-soft">
        You are reading <bdi>{roomName}</bdi> as a passer-by.
      </p>
      <ButtonLink kind="primary" icon="enter" href={guestHref}>Enter as a guest to talk</ButtonLink>
    </div>
  );
}
