import type { CodePurpose } from "../../lib/protocol/forms/accounts.ts";
import { Page } from "../layout/Page.tsx";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Form, FormNotice } from "../ui/Form.tsx";
import { TextLink } from "../ui/TextLink.tsx";
import { CodeField, NewPasswordField, StaySignedIn } from "./fields.tsx";

export interface VerifyPageProps {
  csrf: string;
  purpose: CodePurpose;
  /** Where the code went. */
  target?: string;
  /** It went there from this browser. Otherwise somebody came here by themselves, and says where. */
  known: boolean;
  next: string;
  errors?: Record<string, string>;
  error?: string;
  notice?: string;
  staySignedIn?: boolean;
  /** Development only: where messages can be read that were not really sent. */
  outboxHref?: string;
}

interface Words {
  title: string;
  button: string;
  /** Where to begin anew. */
  again: string;
}

const WORDS: Record<CodePurpose, Words> = {
  register: { title: "Look in your mail", button: "Confirm and come in", again: "/register?by=email" },
  signup: { title: "Look at your phone", button: "Confirm and come in", again: "/register?by=phone" },
  reset: { title: "Choose a new password", button: "Change my password", again: "/forgot-password" },
  contact: { title: "Confirm that it is yours", button: "Confirm", again: "/me/security" },
};

function lead({ purpose, target, known }: VerifyPageProps) {
  if (!known) return "Enter the code that we sent you, and where it went.";
  const where = <bdi class="font-bold">{target}</bdi>;
  const life = "It is good for ten minutes.";
  return purpose === "reset"
    ? <>If there is an account for {where}, a code is on its way to it. {life}</>
    : <>We sent a message with a code to {where}. {life}</>;
}

/** Shown, so that it can be checked, and so that a password manager files the password under it. */
function TargetField({ purpose, target, known, errors = {} }: VerifyPageProps) {
  const byMail = target === undefined ? purpose !== "signup" : target.includes("@");
  return (
    <Field
      name="target"
      label={byMail ? "E-mail address" : "Phone number"}
      inputMode={byMail ? "email" : "tel"}
      autocomplete="username"
      autocapitalize="none"
      spellcheck={false}
      dir="ltr"
      required
      readOnly={known}
      value={target}
      error={errors.target}
    />
  );
}

/** `/verify-otp`: the code, and what can only be said once it is proven: a password. */
export function VerifyPage(props: VerifyPageProps) {
  const { csrf, purpose, target, known, next, errors = {}, outboxHref } = props;
  const { title, button, again } = WORDS[purpose];
  const signsIn = purpose === "register" || purpose === "signup";
  return (
    <Page narrow title={title} lead={lead(props)}>
      <div class="flex flex-col gap-6">
        <FormNotice text={props.notice} />
        <Form action="/verify-otp" csrf={csrf} hidden={{ purpose, next }} error={props.error}>
          <TargetField {...props} />
          <CodeField label="Code" hint="Six digits." error={errors.code} />
          {purpose === "signup" && <NewPasswordField label="Choose a password" error={errors.password} />}
          {purpose === "reset" && (
            <NewPasswordField name="newPassword" label="New password" error={errors.newPassword} />
          )}
          {signsIn && <StaySignedIn checked={props.staySignedIn} />}
          <Button type="submit" kind="primary" size="large">{button}</Button>
        </Form>
        {known && (
          <Form inline action="/verify-otp" csrf={csrf} hidden={{ purpose, target, next, step: "resend" }}>
            <Button type="submit" icon="retry">Send a new code</Button>
            <TextLink alone href={again}>Use another address or number</TextLink>
          </Form>
        )}
        {outboxHref && (
          <p class="rounded bg-info-soft p-3 text-sm text-info">
            This is a development server: nothing is really sent. What would have been is in the{" "}
            <a class="font-semibold underline" href={outboxHref}>outbox</a>.
          </p>
        )}
      </div>
    </Page>
  );
}
