import { Page } from "../layout/Page.tsx";
import { NEW_MESSAGE_HREF } from "../links.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Form } from "../ui/Form.tsx";

export interface NewMessagePageProps {
  csrf: string;
  values?: { usernames?: string };
  errors?: { usernames?: string };
  error?: string;
}

/** `/dm/new`: whom to write to. Plain form. */
export function NewMessagePage({ csrf, values, errors, error }: NewMessagePageProps) {
  return (
    <Page
      narrow
      title="New message"
      lead="Write to one person, or to up to seven at once. Nobody else can read it."
    >
      <Form action={NEW_MESSAGE_HREF} csrf={csrf} error={error}>
        <Field
          name="usernames"
          label="To"
          hint="Usernames, parted by commas: @maya, @tom"
          value={values?.usernames}
          error={errors?.usernames}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          required
        />
        <Button type="submit" kind="primary" size="large">Start writing</Button>
      </Form>
    </Page>
  );
}
