import type { ComponentChildren } from "preact";
import { stateOf } from "../../admin/form.ts";
import { Button } from "../../ui/Button.tsx";
import { Form, FormError } from "../../ui/Form.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import type { SettingsProps } from "./props.ts";

/** Asks once: the button that does it lies beneath one that does not. */
function Asked({ label, open, children }: { label: string; open?: boolean; children: ComponentChildren }) {
  return (
    <details open={open}>
      <summary class="inline-flex min-h-[44px] items-center gap-2 rounded border border-strong bg-raised px-4 py-2 font-bold hover:bg-hover">
        <Icon name="open" class="turns size-4" />
        {label}
      </summary>
      <div class="mt-4 flex flex-col gap-4">{children}</div>
    </details>
  );
}

/** Another owner, while one is there to say so. */
export function HandOverPanel({ details, viewer, path, csrf, refused }: SettingsProps) {
  const others = (details.members ?? []).filter(({ id }) => id !== viewer.id);
  if (others.length === 0) return null;
  const { values, errors = {}, error } = stateOf("hand-over", {}, refused);
  return (
    <Panel id="hand-over" title="Hand over" lead="Somebody else becomes the owner, and you a moderator.">
      <Asked label="Hand the room over …" open={refused?.form === "hand-over"}>
        <Form action={`${path}#hand-over`} csrf={csrf} hidden={{ step: "hand-over" }} error={error}>
          <Select
            name="userId"
            label="New owner"
            options={others.map(({ id, name, username }) => ({
              value: id,
              label: username ? `${name} (@${username})` : name,
            }))}
            value={values.userId}
            error={errors.userId}
          />
          <div>
            <Button type="submit" kind="danger">Hand it over</Button>
          </div>
        </Form>
      </Asked>
    </Panel>
  );
}

/** Closes the room for writing, or opens it again. */
export function ArchivePanel({ details: { room }, path, csrf, refused }: SettingsProps) {
  const error = refused?.form === "archive" ? refused.error : undefined;
  if (room.archived) {
    return (
      <Panel
        id="archive"
        title="Archive"
        lead="This room is archived: it can be read, and nothing new is said in it."
      >
        <Form inline action={`${path}#archive`} csrf={csrf} hidden={{ step: "reopen" }} error={error}>
          <Button type="submit" icon="retry">Open it again</Button>
        </Form>
      </Panel>
    );
  }
  return (
    <Panel
      grave
      id="archive"
      title="Archive"
      lead="Members can still read what was said. Nobody writes or joins until it is opened again."
    >
      <Asked label="Archive this room …" open={error !== undefined}>
        <Form inline action={`${path}#archive`} csrf={csrf} hidden={{ step: "archive" }} error={error}>
          <Button type="submit" kind="danger" icon="archive">Archive it</Button>
        </Form>
      </Asked>
    </Panel>
  );
}

function whatFollows({ room, role, memberCount }: SettingsProps["details"]): string {
  if (room.kind === "direct") {
    return "It goes from your list. It comes back when you write to the same people again.";
  }
  if (memberCount === 1) return "You are the last one here: the room is archived when you go.";
  if (role === "owner") {
    return "You own it: the longest-serving moderator, or else member, becomes the owner.";
  }
  return room.visibility === "invite"
    ? "You need an invite to come back."
    : "You can come back the way you came.";
}

/** The way out. */
export function LeavePanel({ details, path, csrf, refused }: SettingsProps) {
  const error = refused?.form === "leave" ? refused.error : undefined;
  return (
    <Panel id="leave" title="Leave" lead={whatFollows(details)}>
      <FormError text={error} />
      <Asked label="Leave this room …" open={error !== undefined}>
        <Form inline action={path} csrf={csrf} hidden={{ step: "leave" }}>
          <Button type="submit" kind="danger" icon="leave">Leave it</Button>
        </Form>
      </Asked>
    </Panel>
  );
}
