import type { ComponentChildren } from "preact";
import { guestHref, registerHref } from "../links.ts";
import { Page } from "../layout/Page.tsx";
import { Button } from "../ui/Button.tsx";
import { Form, FormNotice } from "../ui/Form.tsx";
import { TextLink } from "../ui/TextLink.tsx";
import { CodeField, IdentifierField, PasswordField, StaySignedIn } from "./fields.tsx";

export interface LoginPageProps {
  csrf: string;
  next: string;
  values?: { identifier?: string; staySignedIn?: boolean };
  errors?: Record<string, string>;
  error?: string;
  /** Something that was just done, such as a password changed. */
  notice?: string;
  /** The passkey button, which needs JavaScript. */
  passkey?: ComponentChildren;
}

/** `/login`: e-mail or phone, password; or a passkey. */
export function LoginPage({ csrf, next, values = {}, errors = {}, error, notice, passkey }: LoginPageProps) {
  return (
    <Page narrow title="Sign in" lead="Good to see you again.">
      <div class="flex flex-col gap-6">
        <FormNotice text={notice} />
        <Form action="/login" csrf={csrf} hidden={{ next }} error={error}>
          <IdentifierField value={values.identifier} error={errors.identifier} />
          <div>
            <PasswordField error={errors.password} />
            <TextLink alone href="/forgot-password">Forgot your password?</TextLink>
          </div>
          <StaySignedIn checked={values.staySignedIn} />
          <Button type="submit" kind="primary" size="large">Sign in</Button>
        </Form>
        {passkey}
      </div>
      <p class="mt-6 text-soft">
        New here? <TextLink href={registerHref(next)}>Create an account</TextLink>, or{" "}
        <TextLink href={guestHref(next)}>enter as a guest</TextLink>.
      </p>
    </Page>
  );
}

export interface SecondFactorPageProps {
  csrf: string;
  next: string;
  /** Proves that the password was right a moment ago. */
  ticket: string;
  errors?: Record<string, string>;
  error?: string;
}

/** The second step of `/login`, for those who asked for one. */
export function SecondFactorPage({ csrf, next, ticket, errors = {}, error }: SecondFactorPageProps) {
  return (
    <Page narrow title="One more step" lead="Your password is right. Now prove that it is you.">
      <Form action="/login" csrf={csrf} hidden={{ ticket, next }} error={error}>
        <CodeField
          recovery
          label="Code"
          hint="The six digits that your authenticator app shows now, or one of your recovery codes."
          error={errors.code}
        />
        <Button type="submit" kind="primary" size="large">Come in</Button>
      </Form>
      <p class="mt-6 text-soft">
        <TextLink href="/login?anew=1">Sign in as somebody else</TextLink>
      </p>
    </Page>
  );
}
