import type { AdminLounge } from "../../lib/protocol/forms/lounges.ts";
import { ADMIN_LOUNGES_HREF, adminLoungeHref, LOUNGES_HREF } from "../links.ts";
import { Button } from "../ui/Button.tsx";
import { Form, FormNotice } from "../ui/Form.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Panel } from "../ui/Panel.tsx";
import { TextLink } from "../ui/TextLink.tsx";
import { stateOf } from "./form.ts";
import { LanguageRooms, type LanguageRoomsProps } from "./LanguageRooms.tsx";
import { LoungeFields } from "./LoungeFields.tsx";
import { LoungeBadges } from "./LoungeRow.tsx";

export interface LoungePageProps extends LanguageRoomsProps {
  /** Something that was just done. */
  notice?: string;
}

function Settings({ csrf, lounge, refused }: LoungePageProps) {
  const { id, name, description, ageRating, position } = lounge;
  const state = stateOf("lounge", { name, description, ageRating, position: `${position}` }, refused);
  return (
    <Panel id="lounge" title="This lounge">
      <Form action={`${adminLoungeHref(id)}#lounge`} csrf={csrf} error={state.error}>
        <LoungeFields {...state} />
        <Button type="submit" kind="primary" name="step" value="lounge">Save</Button>
      </Form>
    </Panel>
  );
}

function Closing({ csrf, lounge: { id, archived } }: { csrf: string; lounge: AdminLounge }) {
  return (
    <Panel
      id="closing"
      title={archived ? "Reopen" : "Archive"}
      lead={archived
        ? "The lounge comes back with the rooms it had open."
        : "It vanishes with all its rooms, and who is in them is shown out. What was said is kept, and it can be reopened."}
    >
      <Form action={adminLoungeHref(id)} csrf={csrf}>
        <Button
          type="submit"
          icon={archived ? "retry" : "archive"}
          name="step"
          value={archived ? "reopen" : "archive"}
        >
          {archived ? "Reopen this lounge" : "Archive this lounge"}
        </Button>
      </Form>
    </Panel>
  );
}

/** `/admin/lounges/:loungeId`: a lounge's rooms, and all there is to say of it. */
export function LoungePage(props: LoungePageProps) {
  const { lounge, csrf, notice } = props;
  const address = `${LOUNGES_HREF}/${lounge.slug}`;
  return (
    <>
      <div class="pt-6 pb-6">
        <a
          href={ADMIN_LOUNGES_HREF}
          class="mb-3 inline-flex min-h-[44px] items-center gap-1 rounded pe-2 text-soft hover:text-ink"
        >
          <Icon name="back" class="size-5 mirrored" />
          All lounges
        </a>
        <h1 class="flex flex-wrap items-center gap-3 text-2xl font-extrabold tracking-tight">
          <bdi class="min-w-0 break-words">{lounge.name}</bdi>
          <LoungeBadges lounge={lounge} />
        </h1>
        <p class="mt-1 text-soft">
          {lounge.archived ? address : <TextLink href={address}>{address}</TextLink>}
        </p>
      </div>
      <div class="flex flex-col gap-6">
        <FormNotice text={notice} />
        <div class="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_23rem]">
          <LanguageRooms {...props} />
          <div class="flex flex-col gap-6">
            <Settings {...props} />
            <Closing csrf={csrf} lounge={lounge} />
          </div>
        </div>
      </div>
    </>
  );
}
