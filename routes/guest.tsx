import { Head } from "fresh/runtime";
import { GuestForm, type GuestFormProps } from "../components/guest/GuestForm.tsx";
import { documentTitle } from "../components/layout/DocumentHead.tsx";
import { Shell } from "../components/layout/Shell.tsx";
import { enterAsGuest } from "../lib/auth/guests.ts";
import { suggestName } from "../lib/auth/names.ts";
import { isAppError } from "../lib/errors.ts";
import { validate } from "../lib/http/body.ts";
import { anyone } from "../lib/http/guards.ts";
import { giveCookies } from "../lib/http/identify.ts";
import { originOf } from "../lib/http/origin.ts";
import type { Ctx } from "../lib/http/state.ts";
import { safePath, type Visit, visitOf } from "../lib/http/visit.ts";
import { guestSignIn } from "../lib/protocol/forms/guest.ts";

const AFTERWARDS = "/lounges";

interface Data extends Visit {
  form: GuestFormProps;
}

export const handlers = {
  GET: anyone(async (ctx) => {
    const next = safePath(ctx.url.searchParams.get("next"), AFTERWARDS);
    if (ctx.state.session) return ctx.redirect(next, 303);
    return { data: await dataFor(ctx, next, {}) };
  }),

  POST: anyone(async (ctx) => {
    const { exchange, services, fields: { csrf: _, next: wanted, ...fields } } = ctx.state;
    const next = safePath(wanted, AFTERWARDS);
    try {
      const { session, credentials } = await enterAsGuest(
        services,
        validate(guestSignIn, fields),
        originOf(ctx.req, exchange),
      );
      giveCookies(exchange, session, credentials.accessToken, credentials.refreshToken);
      return ctx.redirect(next, 303);
    } catch (error) {
      if (!isAppError(error)) throw error;
      const formError = error.fields ? undefined : error.message;
      return {
        data: await dataFor(ctx, next, { values: fields, errors: error.fields, formError }),
        status: error.status,
      };
    }
  }),
};

async function dataFor(ctx: Ctx, next: string, more: Partial<GuestFormProps>): Promise<Data> {
  const visit = await visitOf(ctx);
  const anotherHref = `/guest?next=${encodeURIComponent(next)}`;
  return {
    ...visit,
    form: { action: "/guest", csrf: visit.csrf, next, suggestion: suggestName(), anotherHref, ...more },
  };
}

export default function GuestPage({ data }: { data: Data }) {
  return (
    <Shell viewer={data.viewer} path={data.path}>
      <Head>
        <title>{documentTitle("Enter as a guest")}</title>
      </Head>
      <GuestForm {...data.form} />
    </Shell>
  );
}
