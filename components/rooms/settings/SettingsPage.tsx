import type { ComponentChildren } from "preact";
import type { Action } from "../../../lib/protocol/permissions.ts";
import { roomTitle } from "../../../lib/protocol/room_names.ts";
import { hrefOf } from "../../links.ts";
import { Page } from "../../layout/Page.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { FormError, FormNotice } from "../../ui/Form.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { visibilityWords } from "../Visibility.tsx";
import { BansPanel } from "./BansPanel.tsx";
import { ArchivePanel, HandOverPanel, LeavePanel } from "./EndPanels.tsx";
import { GeneralPanel } from "./GeneralPanel.tsx";
import { InvitesPanel } from "./InvitesPanel.tsx";
import { deedsFor, MembersPanel } from "./MembersPanel.tsx";
import { NotifyPanel } from "./NotifyPanel.tsx";
import type { SettingsProps } from "./props.ts";

const WHAT: Record<string, string> = {
  slug: "A room with members.",
  password: "A room entered by its name and password.",
  direct: "Direct messages.",
};

/** What it takes for a form to be on the page; those about one member are named `member-<id>`. */
const FORMS: Record<string, Action> = {
  general: "settings",
  invites: "invite",
  bans: "ban",
  "hand-over": "hand_over",
  archive: "archive",
  leave: "leave",
};

/** Whether the form that came back is there to say why; otherwise the page does. */
function isDrawn({ details, viewer }: SettingsProps, form: string): boolean {
  const action = FORMS[form];
  if (action) return details.may?.includes(action) ?? false;
  const member = details.members?.find(({ id }) => form === `member-${id}`);
  return member !== undefined && deedsFor({ details, viewer }, member).length > 0;
}

/** `/rooms/:roomId/settings`: the people of a room and all that can be done with it, as far as the viewer may. */
export function SettingsPage(
  { copy, notice, ...props }: SettingsProps & { notice?: string; copy?: ComponentChildren },
) {
  const { details, viewer, refused } = props;
  const { room, may = [] } = details;
  const can = (action: Action) => may.includes(action);
  return (
    <div class="mx-auto max-w-[42rem]">
      {can("read") && (
        <a
          href={hrefOf(room)}
          class="mt-4 inline-flex min-h-[44px] items-center gap-1 rounded pe-2 text-soft hover:text-ink"
        >
          <Icon name="back" class="size-5 mirrored" />
          Back to the room
        </a>
      )}
      <Page
        title={roomTitle(room, viewer.id)}
        lead={
          <span class="flex flex-wrap items-center gap-2">
            {WHAT[room.kind]}
            {room.visibility && <Badge>{visibilityWords(room.visibility)}</Badge>}
            {room.archived && <Badge tone="accent">Archived</Badge>}
          </span>
        }
      >
        <div class="flex flex-col gap-5">
          <FormNotice text={notice} />
          <FormError text={refused && !isDrawn(props, refused.form) ? refused.error : undefined} />
          {can("settings") && <GeneralPanel {...props} />}
          {can("read") && viewer.tier === "member" && <NotifyPanel {...props} />}
          <MembersPanel {...props} />
          {can("invite") && <InvitesPanel {...props} copy={copy} />}
          {can("ban") && <BansPanel {...props} />}
          {can("hand_over") && <HandOverPanel {...props} />}
          {can("leave") && <LeavePanel {...props} />}
          {can("archive") && <ArchivePanel {...props} />}
        </div>
      </Page>
    </div>
  );
}
