import { Head } from "fresh/runtime";
import { VerifyPage, type VerifyPageProps } from "../components/account/VerifyPage.tsx";
import { documentTitle } from "../components/layout/DocumentHead.tsx";
import { Shell } from "../components/layout/Shell.tsx";
import { DASHBOARD_HREF } from "../components/links.ts";
import { resendCode, verifyCode } from "../lib/auth/verify_code.ts";
import { validate } from "../lib/http/body.ts";
import { anyone } from "../lib/http/guards.ts";
import { originOf } from "../lib/http/origin.ts";
import { dropPending, keepPending, pendingOf } from "../lib/http/pending.ts";
import { refusalOf } from "../lib/http/refusal.ts";
import { comeIn } from "../lib/http/sign_in.ts";
import type { Ctx } from "../lib/http/state.ts";
import { safePath, type Visit, visitOf } from "../lib/http/visit.ts";
import { codeCheck, type CodePurpose, codeRequest } from "../lib/protocol/forms/accounts.ts";

interface Data extends Visit {
  form: Omit<VerifyPageProps, "csrf">;
}

export const handlers = {
  GET: anyone(async (ctx) => {
    const { purpose, sent } = Object.fromEntries(ctx.url.searchParams);
    const pending = pendingOf(ctx.req, "code");
    const form = pending
      ? { ...pending, known: true }
      : { purpose: purposeOf(purpose), known: false, next: DASHBOARD_HREF };
    return { data: await dataFor(ctx, { ...form, notice: sent ? "A new code is on its way." : undefined }) };
  }),

  POST: anyone(async (ctx) => {
    const { step, target, purpose, next, staySignedIn } = ctx.state.fields;
    try {
      return step === "resend" ? await resend(ctx) : await verify(ctx);
    } catch (error) {
      const { status, headers, ...said } = refusalOf(error);
      const form = {
        purpose: purposeOf(purpose),
        target: String(target ?? ""),
        known: pendingOf(ctx.req, "code") !== null,
        next: safePath(next, DASHBOARD_HREF),
        staySignedIn: staySignedIn === "on",
        ...said,
      };
      return { data: await dataFor(ctx, form), status, headers };
    }
  }),
};

async function resend(ctx: Ctx) {
  const { exchange, services, fields: { purpose, target, next } } = ctx.state;
  const request = validate(codeRequest, { purpose, target });
  await resendCode(services, request, originOf(ctx.req, exchange));
  keepPending(exchange, { kind: "code", ...request, next: safePath(next, DASHBOARD_HREF) });
  return ctx.redirect("/verify-otp?sent=1", 303);
}

async function verify(ctx: Ctx) {
  const { exchange, services, fields: { csrf: _, step: _step, next, ...form } } = ctx.state;
  const verified = await verifyCode(services, validate(codeCheck, form), originOf(ctx.req, exchange));
  dropPending(exchange);
  if (verified.kind === "password-changed") return ctx.redirect("/login?done=password", 303);
  if (verified.kind === "contact-confirmed") return ctx.redirect("/me/security?done=contact", 303);
  await comeIn(ctx.state, verified);
  return ctx.redirect(safePath(next, DASHBOARD_HREF), 303);
}

function purposeOf(purpose: unknown): CodePurpose {
  return codeRequest.shape.purpose.catch("register").parse(purpose);
}

async function dataFor(ctx: Ctx, form: Data["form"]): Promise<Data> {
  const outboxHref = ctx.state.services.config.development ? "/dev/outbox" : undefined;
  return { ...await visitOf(ctx), form: { ...form, outboxHref } };
}

export default function Verify({ data }: { data: Data }) {
  const { viewer, path, csrf, form } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Enter your code")}</title>
      </Head>
      <VerifyPage {...form} csrf={csrf} />
    </Shell>
  );
}
