import { NewPasswordField, PasswordField } from "../account/fields.tsx";
import { Button } from "../ui/Button.tsx";
import { Form } from "../ui/Form.tsx";
import { Panel } from "../ui/Panel.tsx";

export interface PasswordPanelProps {
  csrf: string;
  /** E-mail or phone: what a password manager files the new password under. */
  identifier?: string;
  errors?: Record<string, string>;
  error?: string;
}

/** Changes the password; all other devices are signed out by it. */
export function PasswordPanel({ csrf, identifier, errors = {}, error }: PasswordPanelProps) {
  return (
    <Panel id="password" title="Password" lead="Changing it signs out all your other devices.">
      <Form action="/me/security" csrf={csrf} hidden={{ step: "password" }} error={error}>
        <input
          class="sr-only"
          type="text"
          name="username"
          autocomplete="username"
          value={identifier}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordField name="currentPassword" label="Present password" error={errors.currentPassword} />
        <NewPasswordField name="newPassword" label="New password" error={errors.newPassword} />
        <Button type="submit">Change my password</Button>
      </Form>
    </Panel>
  );
}
