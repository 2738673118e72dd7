import { Head } from "fresh/runtime";
import {
  LoginPage,
  type LoginPageProps,
  SecondFactorPage,
  type SecondFactorPageProps,
} from "../components/account/LoginPage.tsx";
import { documentTitle } from "../components/layout/DocumentHead.tsx";
import { Shell } from "../components/layout/Shell.tsx";
import { DASHBOARD_HREF } from "../components/links.ts";
import PasskeySignIn from "../islands/PasskeySignIn.tsx";
import { finishSecondFactor, signIn } from "../lib/auth/sign_in.ts";
import type { SignedIn } from "../lib/auth/sessions.ts";
import { isAppError } from "../lib/errors.ts";
import { validate } from "../lib/http/body.ts";
import { anyone } from "../lib/http/guards.ts";
import { contactOf, identifierErrors } from "../lib/http/identifier.ts";
import { originOf } from "../lib/http/origin.ts";
import { dropPending, keepPending, pendingOf } from "../lib/http/pending.ts";
import { refusalOf } from "../lib/http/refusal.ts";
import { comeIn } from "../lib/http/sign_in.ts";
import type { Ctx } from "../lib/http/state.ts";
import { safePath, type Visit, visitOf } from "../lib/http/visit.ts";
import { secondFactor, signIn as signInForm } from "../lib/protocol/forms/accounts.ts";

interface Data extends Visit {
  login?: Omit<LoginPageProps, "csrf" | "passkey">;
  second?: Omit<SecondFactorPageProps, "csrf">;
}

const DONE: Record<string, string> = {
  password: "Your password is changed. Sign in with the new one.",
  erased: "Your account is being erased. Farewell.",
};

export const handlers = {
  GET: anyone(async (ctx) => {
    const { next: wanted, anew, done } = Object.fromEntries(ctx.url.searchParams);
    const next = safePath(wanted, DASHBOARD_HREF);
    if (ctx.state.session?.viewer.tier === "member") return ctx.redirect(next, 303);
    const step = pendingOf(ctx.req, "second-factor");
    if (step && !anew) return { data: { ...await visitOf(ctx), second: step } satisfies Data };
    if (step) dropPending(ctx.state.exchange);
    return { data: { ...await visitOf(ctx), login: { next, notice: done && DONE[done] } } satisfies Data };
  }),

  /** Either step: the form of the second one has a ticket. */
  POST: anyone((ctx) => ctx.state.fields.ticket === undefined ? firstStep(ctx) : secondStep(ctx)),
};

type Answer = Response | { data: Data; status: number; headers: Headers };

async function firstStep(ctx: Ctx): Promise<Answer> {
  const { exchange, services, fields } = ctx.state;
  const { identifier, password, staySignedIn } = fields;
  const next = safePath(fields.next, DASHBOARD_HREF);
  try {
    const input = validate(signInForm, { ...contactOf(identifier), password, staySignedIn });
    const result = await signIn(services, input, originOf(ctx.req, exchange));
    if (result.kind === "signed-in") return await goOn(ctx, result, next);
    keepPending(exchange, { kind: "second-factor", ticket: result.ticket, next });
    return ctx.redirect("/login", 303);
  } catch (error) {
    const { status, headers, errors, error: whole } = refusalOf(error);
    const values = { identifier: String(identifier ?? ""), staySignedIn: staySignedIn === "on" };
    const login = { next, values, errors: identifierErrors(errors), error: whole };
    return { data: { ...await visitOf(ctx), login }, status, headers };
  }
}

async function secondStep(ctx: Ctx): Promise<Answer> {
  const { exchange, services, fields: { ticket, code, next: wanted } } = ctx.state;
  const next = safePath(wanted, DASHBOARD_HREF);
  try {
    const input = validate(secondFactor, { ticket, code });
    return await goOn(ctx, await finishSecondFactor(services, input, originOf(ctx.req, exchange)), next);
  } catch (error) {
    const { status, headers, ...said } = refusalOf(error);
    const visit = await visitOf(ctx);
    if (isAppError(error) && error.code === "INVALID_TICKET") {
      dropPending(exchange);
      const login = { next, error: "That took too long. Please sign in once more." };
      return { data: { ...visit, login }, status, headers };
    }
    return {
      data: { ...visit, second: { ticket: String(ticket), next, ...said } } satisfies Data,
      status,
      headers,
    };
  }
}

async function goOn(ctx: Ctx, signedIn: SignedIn, next: string): Promise<Response> {
  await comeIn(ctx.state, signedIn);
  dropPending(ctx.state.exchange);
  return ctx.redirect(next, 303);
}

export default function Login({ data }: { data: Data }) {
  const { viewer, path, csrf, login, second } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Sign in")}</title>
      </Head>
      {second && <SecondFactorPage {...second} csrf={csrf} />}
      {login && (
        <LoginPage
          {...login}
          csrf={csrf}
          passkey={<PasskeySignIn csrf={csrf} next={login.next} />}
        />
      )}
    </Shell>
  );
}
