import { Head } from "fresh/runtime";
import { ForgotPage, type ForgotPageProps } from "../components/account/ForgotPage.tsx";
import { documentTitle } from "../components/layout/DocumentHead.tsx";
import { Shell } from "../components/layout/Shell.tsx";
import { DASHBOARD_HREF } from "../components/links.ts";
import { forgotPassword } from "../lib/auth/password_change.ts";
import { validate } from "../lib/http/body.ts";
import { anyone } from "../lib/http/guards.ts";
import { contactOf, identifierErrors } from "../lib/http/identifier.ts";
import { originOf } from "../lib/http/origin.ts";
import { keepPending } from "../lib/http/pending.ts";
import { refusalOf } from "../lib/http/refusal.ts";
import { type Visit, visitOf } from "../lib/http/visit.ts";
import { forgotPassword as forgotPasswordForm } from "../lib/protocol/forms/accounts.ts";

interface Data extends Visit {
  form: Omit<ForgotPageProps, "csrf">;
}

export const handlers = {
  GET: anyone(async (ctx) => ({ data: { ...await visitOf(ctx), form: {} } satisfies Data })),

  /** Whether or not there is such an account, what follows is the same: the form for a code. */
  POST: anyone(async (ctx) => {
    const { exchange, services, fields: { identifier } } = ctx.state;
    try {
      const input = validate(forgotPasswordForm, contactOf(identifier));
      await forgotPassword(services, input, originOf(ctx.req, exchange));
      const target = input.email ?? input.phoneNumber!;
      keepPending(exchange, { kind: "code", purpose: "reset", target, next: DASHBOARD_HREF });
      return ctx.redirect("/verify-otp", 303);
    } catch (error) {
      const { status, headers, errors, error: whole } = refusalOf(error);
      const values = { identifier: String(identifier ?? "") };
      const form = { values, errors: identifierErrors(errors), error: whole };
      return { data: { ...await visitOf(ctx), form } satisfies Data, status, headers };
    }
  }),
};

export default function ForgotPassword({ data }: { data: Data }) {
  const { viewer, path, csrf, form } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Forgot your password?")}</title>
      </Head>
      <ForgotPage {...form} csrf={csrf} />
    </Shell>
  );
}
