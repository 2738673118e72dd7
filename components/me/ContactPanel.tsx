import { PasswordField } from "../account/fields.tsx";
import { EmailField, PhoneField } from "../account/fields.tsx";
import { Button } from "../ui/Button.tsx";
import { Form } from "../ui/Form.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Panel } from "../ui/Panel.tsx";

export type ContactKind = "email" | "phone";

export interface ContactPanelProps {
  csrf: string;
  email?: string;
  phoneNumber?: string;
  /** The form that was sent and came back. */
  open?: ContactKind;
  values?: Record<string, string | undefined>;
  errors?: Record<string, string>;
  error?: string;
}

interface ChangeProps extends ContactPanelProps {
  kind: ContactKind;
}

function Change({ kind, csrf, open, values = {}, errors = {}, error, ...known }: ChangeProps) {
  const mine = open === kind;
  const current = kind === "email" ? known.email : known.phoneNumber;
  const thing = kind === "email" ? "e-mail address" : "phone number";
  const field = kind === "email"
    ? <EmailField value={mine ? values.email : undefined} error={mine ? errors.email : undefined} />
    : (
      <PhoneField
        value={mine ? values.phoneNumber : undefined}
        error={mine ? errors.phoneNumber : undefined}
      />
    );
  return (
    <details open={mine} class="border-t border-line pt-3">
      <summary class="flex min-h-[44px] items-center gap-3 rounded">
        <Icon name={kind === "email" ? "mail" : "phone"} class="size-5 text-soft" />
        <span class="min-w-0 grow">
          <span class="block font-bold">{kind === "email" ? "E-mail" : "Phone"}</span>
          <bdi class="words block text-sm text-soft">{current ?? "None yet"}</bdi>
        </span>
        <span class="text-sm font-semibold text-accent-text underline">
          {current ? "Change" : "Add"}
          <span class="sr-only">{` ${thing}`}</span>
        </span>
      </summary>
      <div class="pt-4 pb-2">
        <Form
          action="/me/security"
          csrf={csrf}
          hidden={{ step: "contact", kind }}
          error={mine ? error : undefined}
        >
          {field}
          <PasswordField
            name="currentPassword"
            label="Your password"
            id={`${kind}-password`}
            error={mine ? errors.currentPassword : undefined}
          />
          <Button type="submit">Send a code to the new {thing}</Button>
        </Form>
      </div>
    </details>
  );
}

/** How I sign in and where codes go. A new one counts once its code came back. */
export function ContactPanel(props: ContactPanelProps) {
  return (
    <Panel
      id="contact"
      title="Ways to reach you"
      lead="You can sign in by either, and get codes by either. Nobody else sees them."
    >
      <Change {...props} kind="email" />
      <Change {...props} kind="phone" />
    </Panel>
  );
}
