import type { ComponentChildren } from "preact";
import type { Invite, MadeInvite } from "../../../lib/protocol/forms/rooms.ts";
import { stateOf } from "../../admin/form.ts";
import { fullTime } from "../../clock.ts";
import { Button } from "../../ui/Button.tsx";
import { Form } from "../../ui/Form.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import type { SettingsProps } from "./props.ts";

const HOURS = [
  { value: "24", label: "A day" },
  { value: "168", label: "A week" },
  { value: "720", label: "30 days" },
  { value: "", label: "For ever" },
];
const USES = [
  { value: "1", label: "One person" },
  { value: "5", label: "5 people" },
  { value: "25", label: "25 people" },
  { value: "100", label: "100 people" },
  { value: "", label: "Any number" },
];

/** The link, the one time it is told. */
function Made({ made, copy }: { made: MadeInvite; copy?: ComponentChildren }) {
  return (
    <div role="status" class="flex flex-col gap-3 rounded border border-line bg-good-soft p-4">
      <p class="font-bold">Here is the link. It is shown this once.</p>
      <p class="words" dir="ltr">
        <code class="select-all font-bold" data-invite-link>{made.link}</code>
      </p>
      {copy && <div class="flex items-center gap-3">{copy}</div>}
    </div>
  );
}

function leftWords({ usesLeft, uses }: Invite): string {
  const used = uses === 0 ? "Not used yet" : `Used ${uses === 1 ? "once" : `${uses} times`}`;
  return `${used}, ${usesLeft === undefined ? "any number" : usesLeft} left`;
}

function InviteLine({ invite, clock, path, csrf }: Omit<SettingsProps, "details"> & { invite: Invite }) {
  const { id, createdBy, createdAt, expiresAt } = invite;
  return (
    <li class="flex flex-wrap items-center gap-3 py-2">
      <div class="min-w-0 grow basis-48">
        <p class="font-semibold tabular-nums">
          {expiresAt ? `Until ${fullTime(clock, expiresAt)}` : "For ever"}
        </p>
        <p class="text-sm tabular-nums text-soft">
          {leftWords(invite)}
          {createdBy && (
            <>
              ; made by <bdi>{createdBy.name}</bdi>
            </>
          )}
        </p>
      </div>
      <Form inline action={`${path}#invites`} csrf={csrf} hidden={{ step: "revoke", id }}>
        <Button type="submit" size="small" icon="close">
          Take back<span class="sr-only">{` the invite of ${fullTime(clock, createdAt)}`}</span>
        </Button>
      </Form>
    </li>
  );
}

/** Links that let people in: those there are, and a new one. */
export function InvitesPanel({ copy, ...props }: SettingsProps & { copy?: ComponentChildren }) {
  const { details, csrf, path, refused, made } = props;
  const { values, errors = {}, error } = stateOf("invites", { hours: "168", uses: "1" }, refused);
  const invites = details.invites ?? [];
  return (
    <Panel id="invites" title="Invites" lead="Whoever has a link may join, as long as it is good.">
      {made && <Made made={made} copy={copy} />}
      <Form action={`${path}#invites`} csrf={csrf} hidden={{ step: "invite" }} error={error}>
        <div class="grid gap-4 sm:grid-cols-2">
          <Select
            name="hours"
            label="Good for"
            options={HOURS}
            value={values.hours}
            error={errors.hours}
          />
          <Select name="uses" label="Lets in" options={USES} value={values.uses} error={errors.uses} />
        </div>
        <div>
          <Button type="submit" kind="primary" icon="plus">Make a link</Button>
        </div>
      </Form>
      {invites.length > 0 && (
        <ul class="divide-y divide-line border-t border-line pt-2">
          {invites.map((invite) => <InviteLine key={invite.id} {...props} invite={invite} />)}
        </ul>
      )}
    </Panel>
  );
}
