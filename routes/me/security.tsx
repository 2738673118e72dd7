import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { RecoveryCodesPage } from "../../components/me/RecoveryCodesPage.tsx";
import { type Returned, SecurityPage } from "../../components/me/SecurityPage.tsx";
import type { TotpSetupView } from "../../components/me/TotpPanel.tsx";
import Passkeys from "../../islands/Passkeys.tsx";
import { requestContact } from "../../lib/auth/contact_change.ts";
import { describeAccount } from "../../lib/auth/me.ts";
import { listPasskeys } from "../../lib/auth/passkeys.ts";
import { changePassword } from "../../lib/auth/password_change.ts";
import { beginTotp, enableTotp, type TotpSetup } from "../../lib/auth/totp.ts";
import { describeTotp, renewRecoveryCodes, turnOffTotp } from "../../lib/auth/totp_control.ts";
import { AppError } from "../../lib/errors.ts";
import { validate } from "../../lib/http/body.ts";
import { member, type SignedInCtx } from "../../lib/http/guards.ts";
import { originOf } from "../../lib/http/origin.ts";
import { keepPending } from "../../lib/http/pending.ts";
import { refusalOf } from "../../lib/http/refusal.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { changePassword as changePasswordForm, contactChange } from "../../lib/protocol/forms/accounts.ts";
import type { PasskeyView } from "../../lib/protocol/forms/passkeys.ts";
import { totpCode, totpProof } from "../../lib/protocol/forms/second_factor.ts";

interface Data extends Visit {
  account: { email: string | null; phoneNumber: string | null };
  totp: { enabled: boolean; recoveryCodesLeft: number; setup?: TotpSetupView };
  passkeys: PasskeyView[];
  returned?: Returned;
  /** Shown instead of all else, this once. */
  recoveryCodes?: string[];
  notice?: string;
}

/** What a form did: what is shown, or where it goes on. */
type Outcome = Pick<Partial<Data>, "recoveryCodes"> & { setup?: TotpSetup; to?: string };

const DONE: Record<string, string> = {
  password: "Your password is changed, and your other devices are signed out.",
  contact: "Confirmed. You can sign in by it from now on.",
  "totp-off": "The second step is off.",
};

/** The forms of this page, by their field `step`. */
const STEPS: Record<string, { form: Returned["form"]; act: (ctx: SignedInCtx) => Promise<Outcome> }> = {
  password: { form: "password", act: setPassword },
  contact: { form: "contact", act: askContact },
  "totp-begin": {
    form: "totp",
    act: async ({ state: { services, session } }) => ({ setup: await beginTotp(services, session.viewer) }),
  },
  "totp-enable": {
    form: "totp",
    act: async ({ state: { services, session, fields } }) => {
      const { code } = validate(totpCode, { code: fields.code });
      return { recoveryCodes: await enableTotp(services, session.viewer.id, code) };
    },
  },
  "totp-disable": {
    form: "totp",
    act: async ({ state: { services, session, fields } }) => {
      await turnOffTotp(services, session.viewer.id, validate(totpProof, { password: fields.password }));
      return { to: "/me/security?done=totp-off" };
    },
  },
  "recovery-codes": {
    form: "totp",
    act: async ({ state: { services, session, fields } }) => {
      const proof = validate(totpProof, { password: fields.password });
      return { recoveryCodes: await renewRecoveryCodes(services, session.viewer.id, proof) };
    },
  },
};

export const handlers = {
  GET: member(async (ctx) => {
    const notice = DONE[ctx.url.searchParams.get("done") ?? ""];
    return { data: { ...await dataFor(ctx), notice } satisfies Data };
  }),

  POST: member(async (ctx) => {
    const { fields } = ctx.state;
    const step = STEPS[String(fields.step)];
    if (!step) throw new AppError("BAD_REQUEST");
    try {
      const { to, setup, recoveryCodes } = await step.act(ctx);
      if (to) return ctx.redirect(to, 303);
      const data = await dataFor(ctx);
      if (setup) data.totp.setup = viewOf(setup);
      return { data: { ...data, recoveryCodes } satisfies Data };
    } catch (error) {
      const { status, headers, ...said } = refusalOf(error);
      const returned: Returned = { form: step.form, ...typed(fields), ...said };
      return { data: { ...await dataFor(ctx), returned } satisfies Data, status, headers };
    }
  }),
};

async function setPassword(
  { req, state: { exchange, services, session, fields } }: SignedInCtx,
): Promise<Outcome> {
  const { currentPassword, newPassword } = fields;
  const input = validate(changePasswordForm, { currentPassword, newPassword });
  await changePassword(services, session, input, originOf(req, exchange));
  return { to: "/me/security?done=password" };
}

/** What was typed comes back with what is wrong with it; passwords do not. */
function typed({ kind, email, phoneNumber }: Record<string, unknown>) {
  const values = { email: email as string | undefined, phoneNumber: phoneNumber as string | undefined };
  return { kind: kind === "phone" ? "phone" as const : "email" as const, values };
}

async function askContact(ctx: SignedInCtx): Promise<Outcome> {
  const { exchange, services, session, fields: { email, phoneNumber, currentPassword } } = ctx.state;
  const input = validate(contactChange, { email, phoneNumber, currentPassword });
  await requestContact(services, session, input, originOf(ctx.req, exchange));
  const target = input.email ?? input.phoneNumber!;
  keepPending(exchange, { kind: "code", purpose: "contact", target, next: "/me/security" });
  return { to: "/verify-otp" };
}

function viewOf({ secret, uri, qr }: TotpSetup): TotpSetupView {
  const groups = secret.match(/.{1,4}/g)!.join(" ");
  return { secret: groups, uri, qr: `data:image/svg+xml,${encodeURIComponent(qr)}` };
}

async function dataFor(ctx: SignedInCtx): Promise<Data> {
  const { services, session: { viewer } } = ctx.state;
  const [visit, account, totp, passkeys] = await Promise.all([
    visitOf(ctx),
    describeAccount(services, viewer),
    describeTotp(services, viewer.id),
    listPasskeys(services, viewer.id),
  ]);
  return { ...visit, account, totp, passkeys };
}

export default function SecurityRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, account, totp, passkeys, recoveryCodes } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Security")}</title>
      </Head>
      {recoveryCodes ? <RecoveryCodesPage path={path} codes={recoveryCodes} /> : (
        <SecurityPage
          path={path}
          csrf={csrf}
          email={account.email ?? undefined}
          phoneNumber={account.phoneNumber ?? undefined}
          totp={totp}
          returned={data.returned}
          notice={data.notice}
          passkeys={<Passkeys csrf={csrf} passkeys={passkeys} />}
        />
      )}
    </Shell>
  );
}
