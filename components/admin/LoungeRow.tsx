import type { AdminLanguageRoom, AdminLounge } from "../../lib/protocol/forms/lounges.ts";
import { cx } from "../cx.ts";
import { ADMIN_LOUNGES_HREF, adminLoungeHref, loungePlace, LOUNGES_HREF } from "../links.ts";
import { Badge, OnlineCount } from "../ui/Badge.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Form } from "../ui/Form.tsx";

function RoomChip({ room, closed }: { room: AdminLanguageRoom; closed: boolean }) {
  return (
    <li
      class={cx(
        "inline-flex min-h-[32px] items-center gap-2 rounded-full border border-line px-3 text-sm",
        closed && "text-soft",
      )}
    >
      <bdi lang={room.language} class={cx(room.archived && "line-through")}>{room.name}</bdi>
      {room.archived && <span class="sr-only">archived</span>}
      {!closed && <OnlineCount count={room.online} />}
    </li>
  );
}

/** The badges of a lounge that is not like the others. */
export function LoungeBadges({ lounge }: { lounge: AdminLounge }) {
  return (
    <>
      {lounge.ageRating === "_18PLUS_RED" && <Badge tone="red">RED</Badge>}
      {lounge.archived && <Badge>archived</Badge>}
    </>
  );
}

/** A lounge in the workbench's list: what it is, its rooms, and what can be done with it at once. */
export function LoungeRow({ lounge, csrf }: { lounge: AdminLounge; csrf: string }) {
  const { id, slug, name, description, archived, rooms } = lounge;
  return (
    <li id={loungePlace(slug)} class="flex flex-col gap-3 p-4 md:p-5">
      <div class="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div class="min-w-0 grow basis-64">
          <h3 class="flex flex-wrap items-center gap-x-3 gap-y-1 font-bold">
            <bdi class={cx("min-w-0 break-words", archived && "text-soft")}>{name}</bdi>
            <LoungeBadges lounge={lounge} />
          </h3>
          <p class="break-words text-sm text-soft">
            {archived
              ? `${LOUNGES_HREF}/${slug}`
              : <a href={`${LOUNGES_HREF}/${slug}`} class="rounded underline">{`${LOUNGES_HREF}/${slug}`}</a>}
          </p>
        </div>
        <div class="flex gap-2">
          <ButtonLink size="small" icon="edit" href={adminLoungeHref(id)}>
            Edit<span class="sr-only">{` ${name}`}</span>
          </ButtonLink>
          <Form inline action={ADMIN_LOUNGES_HREF} csrf={csrf} hidden={{ lounge: id }}>
            <Button
              type="submit"
              size="small"
              icon={archived ? "retry" : "archive"}
              name="step"
              value={archived ? "reopen" : "archive"}
            >
              {archived ? "Reopen" : "Archive"}
              <span class="sr-only">{` ${name}`}</span>
            </Button>
          </Form>
        </div>
      </div>
      {description && <p class="text-soft" dir="auto">{description}</p>}
      {rooms.length > 0
        ? (
          <ul class="flex flex-wrap gap-2" aria-label={`Language rooms of ${name}`}>
            {rooms.map((room) => <RoomChip key={room.id} room={room} closed={archived || room.archived} />)}
          </ul>
        )
        : <p class="text-sm text-soft">No language room yet: add one under “Edit”.</p>}
    </li>
  );
}
