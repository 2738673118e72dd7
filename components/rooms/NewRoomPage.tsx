import { SLUG_MAX } from "../../lib/protocol/forms/rooms.ts";
import { ROOM_NAME_MAX } from "../../lib/protocol/forms/password_rooms.ts";
import { GHOST_ROOMS_HREF, JOIN_HREF, NEW_ROOM_HREF } from "../links.ts";
import { Page } from "../layout/Page.tsx";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Form } from "../ui/Form.tsx";
import { TextLink } from "../ui/TextLink.tsx";
import { VisibilityChoice } from "./Visibility.tsx";

export interface NewRoomPageProps {
  csrf: string;
  values?: Record<string, string>;
  errors?: Record<string, string>;
  error?: string;
}

/** `/rooms/new`: a room of one's own, with members. */
export function NewRoomPage({ csrf, values = {}, errors = {}, error }: NewRoomPageProps) {
  return (
    <Page
      narrow
      title="Make a room"
      lead="A room with members. You own it, and decide who keeps order in it."
    >
      <Form action={NEW_ROOM_HREF} csrf={csrf} error={error}>
        <Field
          name="name"
          label="Name"
          required
          maxLength={ROOM_NAME_MAX * 2}
          autocomplete="off"
          dir="auto"
          value={values.name}
          error={errors.name}
        />
        <Field
          name="slug"
          label="Address"
          hint="What stands after /r/ in its link. Left empty, it is made from the name."
          maxLength={SLUG_MAX}
          autocapitalize="none"
          autocomplete="off"
          spellcheck={false}
          dir="ltr"
          value={values.slug}
          error={errors.slug}
        />
        <VisibilityChoice chosen={values.visibility ?? "public"} error={errors.visibility} />
        <Button type="submit" kind="primary" size="large">Make the room</Button>
      </Form>
      <p class="mt-6 text-sm text-soft">
        Other kinds: a room <TextLink href={JOIN_HREF}>with a password</TextLink>, or a{" "}
        <TextLink href={GHOST_ROOMS_HREF}>ghost room</TextLink> that vanishes.
      </p>
    </Page>
  );
}
