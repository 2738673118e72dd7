import { Page } from "../layout/Page.tsx";
import { JOIN_HREF } from "../links.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Form } from "../ui/Form.tsx";

export interface JoinPageProps {
  csrf: string;
  values?: { roomName?: string };
  errors?: { roomName?: string; password?: string };
  error?: string;
}

/** `/join`: a room by its name and password. Plain form. */
export function JoinPage({ csrf, values, errors, error }: JoinPageProps) {
  return (
    <Page
      narrow
      title="Join with a password"
      lead="Somebody told you a room's name and its password? Then you are in. If there is no room of that name yet, it is made now, and the password is yours to pass on."
    >
      <Form action={JOIN_HREF} csrf={csrf} error={error}>
        <Field
          name="roomName"
          label="Name of the room"
          value={values?.roomName}
          error={errors?.roomName}
          autocomplete="off"
          spellcheck={false}
          maxLength={120}
          dir="auto"
          required
        />
        <Field
          name="password"
          type="password"
          label="Password"
          hint="At least 4 characters. Whoever knows it can come in."
          error={errors?.password}
          autocomplete="off"
          required
        />
        <Button type="submit" kind="primary" size="large">Go in</Button>
      </Form>
    </Page>
  );
}
