import { ROOM_NAME_MAX } from "../../../lib/protocol/forms/password_rooms.ts";
import { SLUG_MAX, TOPIC_MAX } from "../../../lib/protocol/forms/rooms.ts";
import { stateOf } from "../../admin/form.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { VisibilityChoice } from "../Visibility.tsx";
import type { SettingsProps } from "./props.ts";

/** What the room is called, what it is about, and who may join. */
export function GeneralPanel({ details: { room }, csrf, path, refused }: SettingsProps) {
  const { name, topic, slug, visibility, kind } = room;
  const kept = { name, topic, ...(slug && { slug }), ...(visibility && { visibility }) };
  const { values, errors = {}, error } = stateOf("general", kept, refused);
  return (
    <Panel id="general" title="General">
      <Form action={`${path}#general`} csrf={csrf} hidden={{ step: "general" }} error={error}>
        <Field
          name="name"
          label="Name"
          hint={kind === "password" ? "People enter by it: tell them when it changes." : undefined}
          required
          maxLength={ROOM_NAME_MAX * 2}
          autocomplete="off"
          dir="auto"
          value={values.name}
          error={errors.name}
        />
        <Field
          name="topic"
          label="Topic"
          hint={`What it is about, in at most ${TOPIC_MAX} characters. It may stay empty.`}
          maxLength={TOPIC_MAX * 2}
          autocomplete="off"
          dir="auto"
          value={values.topic}
          error={errors.topic}
        />
        {kind === "slug" && (
          <>
            <Field
              name="slug"
              label="Address"
              hint="What stands after /r/ in its link. When it changes, links to the former one stop working."
              required
              maxLength={SLUG_MAX}
              autocapitalize="none"
              autocomplete="off"
              spellcheck={false}
              dir="ltr"
              value={values.slug}
              error={errors.slug}
            />
            <VisibilityChoice chosen={values.visibility} error={errors.visibility} />
          </>
        )}
        <div>
          <Button type="submit" kind="primary">Save</Button>
        </div>
      </Form>
    </Panel>
  );
}
