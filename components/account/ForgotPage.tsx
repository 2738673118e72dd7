import { loginHref } from "../links.ts";
import { Page } from "../layout/Page.tsx";
import { Button } from "../ui/Button.tsx";
import { Form } from "../ui/Form.tsx";
import { TextLink } from "../ui/TextLink.tsx";
import { IdentifierField } from "./fields.tsx";

export interface ForgotPageProps {
  csrf: string;
  values?: { identifier?: string };
  errors?: Record<string, string>;
  error?: string;
}

/** `/forgot-password`: asks where to send the code. What follows is `/verify-otp`. */
export function ForgotPage({ csrf, values = {}, errors = {}, error }: ForgotPageProps) {
  return (
    <Page
      narrow
      title="Forgot your password?"
      lead="We send you a code. With it you choose a new password, and everybody who is signed in to your account is signed out."
    >
      <Form action="/forgot-password" csrf={csrf} error={error}>
        <IdentifierField value={values.identifier} error={errors.identifier} />
        <Button type="submit" kind="primary" size="large">Send me a code</Button>
      </Form>
      <p class="mt-6 text-soft">
        It came back to you? <TextLink href={loginHref()}>Sign in</TextLink>.
      </p>
    </Page>
  );
}
