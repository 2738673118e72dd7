import { Head } from "fresh/runtime";
import {
  type RegisterBy,
  RegisterPage,
  type RegisterPageProps,
} from "../components/account/RegisterPage.tsx";
import { documentTitle } from "../components/layout/DocumentHead.tsx";
import { Shell } from "../components/layout/Shell.tsx";
import { DASHBOARD_HREF } from "../components/links.ts";
import { registerByEmail, signUpByPhone, upgradeGuest } from "../lib/auth/sign_up.ts";
import { type Fields, validate } from "../lib/http/body.ts";
import { anyone } from "../lib/http/guards.ts";
import { originOf } from "../lib/http/origin.ts";
import { keepPending } from "../lib/http/pending.ts";
import { refusalOf } from "../lib/http/refusal.ts";
import type { Ctx } from "../lib/http/state.ts";
import { safePath, type Visit, visitOf } from "../lib/http/visit.ts";
import { emailRegistration, phoneSignUp } from "../lib/protocol/forms/accounts.ts";

interface Data extends Visit {
  form: Omit<RegisterPageProps, "csrf">;
}

export const handlers = {
  GET: anyone(async (ctx) => {
    if (ctx.state.session?.viewer.tier === "member") return ctx.redirect(DASHBOARD_HREF, 303);
    const { by, next } = Object.fromEntries(ctx.url.searchParams);
    return { data: await dataFor(ctx, { by: doorOf(by), next: safePath(next, DASHBOARD_HREF) }) };
  }),

  POST: anyone(async (ctx) => {
    const { csrf: _, by: wanted, next: onward, ...form } = ctx.state.fields;
    const by = doorOf(wanted);
    const next = safePath(onward, DASHBOARD_HREF);
    try {
      const target = await begin(ctx, by, form);
      const purpose = by === "email" ? "register" : "signup";
      keepPending(ctx.state.exchange, { kind: "code", purpose, target, next });
      return ctx.redirect("/verify-otp", 303);
    } catch (error) {
      const { status, headers, ...said } = refusalOf(error);
      const data = await dataFor(ctx, { by, next, values: form as Record<string, string>, ...said });
      return { data, status, headers };
    }
  }),
};

function doorOf(by: unknown): RegisterBy {
  return by === "phone" ? "phone" : "email";
}

/** Sends the code. @returns where it went */
async function begin(ctx: Ctx, by: RegisterBy, form: Fields): Promise<string> {
  const { exchange, services, session } = ctx.state;
  const origin = originOf(ctx.req, exchange);
  if (by === "email") {
    const input = validate(emailRegistration, form);
    if (session) await upgradeGuest(services, session, input, origin);
    else await registerByEmail(services, input, origin);
    return input.email;
  }
  const input = validate(phoneSignUp, form);
  if (session) await upgradeGuest(services, session, input, origin);
  else await signUpByPhone(services, input, origin);
  return input.phoneNumber;
}

async function dataFor(ctx: Ctx, form: Data["form"]): Promise<Data> {
  const visit = await visitOf(ctx);
  return { ...visit, form: { ...form, guest: visit.viewer ?? undefined } };
}

export default function Register({ data }: { data: Data }) {
  const { viewer, path, csrf, form } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle(viewer ? "Keep your name" : "Create an account")}</title>
      </Head>
      <RegisterPage {...form} csrf={csrf} />
    </Shell>
  );
}
