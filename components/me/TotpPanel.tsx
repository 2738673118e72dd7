import { CodeField, PasswordField } from "../account/fields.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Form } from "../ui/Form.tsx";
import { Panel } from "../ui/Panel.tsx";

/** What an authenticator app needs to know, shown while it is set up. */
export interface TotpSetupView {
  /** Base 32, in groups of four. */
  secret: string;
  /** `otpauth://…`: opens the app on a phone. */
  uri: string;
  /** The same as a picture: a `data:` address. */
  qr: string;
}

export interface TotpPanelProps {
  csrf: string;
  on: boolean;
  /** Set while an app is being tied to the account. */
  setup?: TotpSetupView;
  /** A code was wrong; the app has the secret already. */
  retry?: boolean;
  recoveryCodesLeft?: number;
  errors?: Record<string, string>;
  error?: string;
}

function Setup({ setup }: { setup: TotpSetupView }) {
  return (
    <div class="flex flex-wrap items-start gap-5">
      <img
        src={setup.qr}
        width={192}
        height={192}
        alt="QR code for your authenticator app"
        class="shrink-0 rounded border border-line"
      />
      <div class="min-w-0 grow basis-64">
        <p>
          Scan this with your authenticator app. On this very phone,{" "}
          <a class="font-semibold text-accent-text underline" href={setup.uri}>open the app</a>. Or type this
          in:
        </p>
        <p class="mt-2">
          <code class="words select-all rounded bg-sunken px-2 py-1 font-bold" data-secret>
            {setup.secret}
          </code>
        </p>
      </div>
    </div>
  );
}

function Confirm({ csrf, errors = {}, error }: TotpPanelProps) {
  return (
    <Form action="/me/security" csrf={csrf} hidden={{ step: "totp-enable" }} error={error}>
      <CodeField
        label="Code from the app"
        hint="Six digits; they change every 30 seconds."
        error={errors.code}
      />
      <Button type="submit" kind="primary">Turn it on</Button>
    </Form>
  );
}

function Begin({ csrf, retry }: TotpPanelProps) {
  return (
    <Form inline action="/me/security" csrf={csrf} hidden={{ step: "totp-begin" }}>
      <Button type="submit" icon="shield" kind={retry ? "quiet" : "secondary"}>
        {retry ? "Begin again with a new QR code" : "Set it up"}
      </Button>
    </Form>
  );
}

/** Renewing and turning off ask for the password: a machine left open must not be enough. */
function WhenOn({ csrf, recoveryCodesLeft = 0, errors = {}, error }: TotpPanelProps) {
  return (
    <Form action="/me/security" csrf={csrf} error={error}>
      <p>
        {recoveryCodesLeft === 1
          ? "One recovery code is left."
          : `${recoveryCodesLeft} recovery codes are left.`}{" "}
        Each opens your account once when your phone is gone.
      </p>
      <PasswordField id="totp-password" label="Your password" error={errors.password} />
      <div class="flex flex-wrap gap-3">
        <Button type="submit" name="step" value="recovery-codes" icon="retry">Make new recovery codes</Button>
        <Button type="submit" name="step" value="totp-disable" kind="danger">Turn it off</Button>
      </div>
    </Form>
  );
}

/** The second factor: an authenticator app. */
export function TotpPanel(props: TotpPanelProps) {
  const { on, setup, retry } = props;
  return (
    <Panel
      id="totp"
      title="Second step"
      end={<Badge tone={on ? "good" : "plain"}>{on ? "On" : "Off"}</Badge>}
      lead="After your password, an app on your phone says a code that only it can know."
    >
      {on ? <WhenOn {...props} /> : (
        <>
          {setup && <Setup setup={setup} />}
          {(setup || retry) && <Confirm {...props} />}
          {!setup && <Begin {...props} />}
        </>
      )}
    </Panel>
  );
}
