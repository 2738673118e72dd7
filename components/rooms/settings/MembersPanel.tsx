import { REASON_MAX } from "../../../lib/protocol/forms/rooms.ts";
import { outranks } from "../../../lib/protocol/permissions.ts";
import type { Member } from "../../../lib/protocol/types.ts";
import { stateOf } from "../../admin/form.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form, FormError } from "../../ui/Form.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import { memberWords } from "../counts.ts";
import { PersonLine } from "./person.tsx";
import type { SettingsProps } from "./props.ts";

const TERMS = [
  { value: "1", label: "For an hour" },
  { value: "24", label: "For a day" },
  { value: "168", label: "For a week" },
  { value: "720", label: "For 30 days" },
  { value: "", label: "For good" },
];

type Deed = "promote" | "kick" | "ban";

/** What the viewer may do to somebody: they must rank above them, and nobody deals with themselves. */
export function deedsFor(
  { details, viewer }: Pick<SettingsProps, "details" | "viewer">,
  member: Member,
): Deed[] {
  const deeds: Deed[] = ["promote", "kick", "ban"];
  if (member.id === viewer.id || !outranks(viewer, { role: details.role }, member.role)) return [];
  return deeds.filter((deed) => details.may?.includes(deed));
}

function RoleForm({ member, path, csrf }: SettingsProps & { member: Member }) {
  const step = member.role === "moderator" ? "demote" : "promote";
  return (
    <Form inline action={`${path}#members`} csrf={csrf} hidden={{ step, userId: member.id }}>
      <Button type="submit" size="small" icon="shield">
        {step === "promote" ? "Make moderator" : "Make a plain member"}
        <span class="sr-only">{` ${member.name}`}</span>
      </Button>
    </Form>
  );
}

function KickForm({ member, path, csrf }: SettingsProps & { member: Member }) {
  return (
    <Form inline action={`${path}#members`} csrf={csrf} hidden={{ step: "kick", userId: member.id }}>
      <Button type="submit" size="small" kind="danger" icon="leave">
        Send out<span class="sr-only">{` ${member.name}`}</span>
      </Button>
    </Form>
  );
}

function BanForm({ member, path, csrf, refused }: SettingsProps & { member: Member }) {
  const { id, name } = member;
  const { values, errors = {} } = stateOf(`member-${id}`, { hours: "", reason: "" }, refused);
  return (
    <Form action={`${path}#member-${id}`} csrf={csrf} hidden={{ step: "ban", userId: id }}>
      <div class="grid gap-4 sm:grid-cols-2">
        <Select
          name="hours"
          id={`hours-${id}`}
          label="Ban"
          options={TERMS}
          value={values.hours}
          error={errors.hours}
        />
        <Field
          name="reason"
          id={`reason-${id}`}
          label="Reason"
          maxLength={REASON_MAX * 2}
          autocomplete="off"
          dir="auto"
          value={values.reason}
          error={errors.reason}
        />
      </div>
      <div>
        <Button type="submit" size="small" kind="danger" icon="ban">
          Ban<span class="sr-only">{` ${name}`}</span>
        </Button>
      </div>
    </Form>
  );
}

function Manage(props: SettingsProps & { member: Member; deeds: Deed[] }) {
  const { member, deeds, refused } = props;
  const back = refused?.form === `member-${member.id}`;
  return (
    <details open={back} class="shrink-0 open:basis-full">
      <summary class="inline-flex min-h-[44px] items-center gap-1.5 rounded px-2 font-bold text-soft hover:bg-hover hover:text-ink">
        <Icon name="open" class="turns size-4" />
        Manage<span class="sr-only">{` ${member.name}`}</span>
      </summary>
      <div class="flex flex-col gap-4 rounded bg-sunken p-4">
        <FormError text={back ? refused?.error : undefined} />
        <div class="flex flex-wrap gap-3">
          {deeds.includes("promote") && <RoleForm {...props} />}
          {deeds.includes("kick") && <KickForm {...props} />}
        </div>
        {deeds.includes("ban") && <BanForm {...props} />}
      </div>
    </details>
  );
}

/** Everybody in the room with their role, and what the viewer may do to each. */
export function MembersPanel(props: SettingsProps) {
  const { members = [], memberCount } = props.details;
  const unnamed = memberCount - members.length;
  return (
    <Panel id="members" title="Members" end={<Badge>{memberWords(memberCount)}</Badge>}>
      <ul class="divide-y divide-line">
        {members.map((member) => {
          const deeds = deedsFor(props, member);
          return (
            <li key={member.id} id={`member-${member.id}`}>
              <PersonLine
                person={member}
                mark={
                  <>
                    {member.id === props.viewer.id && <span class="shrink-0 text-sm text-soft">you</span>}
                    {member.role !== "member" && (
                      <Badge tone={member.role === "owner" ? "accent" : "plain"}>{member.role}</Badge>
                    )}
                  </>
                }
              >
                {deeds.length > 0 && <Manage {...props} member={member} deeds={deeds} />}
              </PersonLine>
            </li>
          );
        })}
      </ul>
      {unnamed > 0 && <p class="text-sm text-soft">and {unnamed} more</p>}
    </Panel>
  );
}
