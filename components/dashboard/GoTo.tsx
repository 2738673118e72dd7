import { DASHBOARD_HREF } from "../links.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Form } from "../ui/Form.tsx";

export interface GoToProps {
  csrf: string;
  value?: string;
  error?: string;
}

/** Said of what names no room. */
export const NOWHERE = "That is no link or address of a room here. Look whether the whole of it was copied.";

/** "I was told where to go": one field for a link, a ghost room's token, or a room's address. */
export function GoTo({ csrf, value, error }: GoToProps) {
  return (
    <Form action={DASHBOARD_HREF} csrf={csrf}>
      <Field
        name="where"
        label="Go to a room"
        hint="An invite link, a ghost room's link, or a room's address such as book-club"
        value={value}
        error={error}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        required
      />
      <Button type="submit" icon="enter">Go there</Button>
    </Form>
  );
}
