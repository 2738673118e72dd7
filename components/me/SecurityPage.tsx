import type { ComponentChildren } from "preact";
import { Panel } from "../ui/Panel.tsx";
import { type ContactKind, ContactPanel } from "./ContactPanel.tsx";
import { MePage } from "./MePage.tsx";
import { PasswordPanel } from "./PasswordPanel.tsx";
import { TotpPanel, type TotpSetupView } from "./TotpPanel.tsx";

/** Which of the page's forms came back, with what it has to say. */
export interface Returned {
  form: "contact" | "password" | "totp";
  kind?: ContactKind;
  values?: Record<string, string | undefined>;
  errors: Record<string, string>;
  error?: string;
}

export interface SecurityPageProps {
  path: string;
  csrf: string;
  email?: string;
  phoneNumber?: string;
  totp: { enabled: boolean; recoveryCodesLeft: number; setup?: TotpSetupView };
  returned?: Returned;
  notice?: string;
  /** The list of passkeys, which needs JavaScript. */
  passkeys: ComponentChildren;
}

/** `/me/security`: how I prove that it is me. */
export function SecurityPage(props: SecurityPageProps) {
  const { csrf, email, phoneNumber, totp, returned } = props;
  const said = (form: Returned["form"]) => returned?.form === form ? returned : undefined;
  const contact = said("contact");
  return (
    <MePage path={props.path} title="Security" notice={props.notice}>
      <PasswordPanel csrf={csrf} identifier={email ?? phoneNumber} {...said("password")} />
      <TotpPanel
        csrf={csrf}
        on={totp.enabled}
        setup={totp.setup}
        retry={said("totp") !== undefined}
        recoveryCodesLeft={totp.recoveryCodesLeft}
        errors={said("totp")?.errors}
        error={said("totp")?.error}
      />
      <Panel
        id="passkeys"
        title="Passkeys"
        lead="Sign in with your finger, face or PIN instead of a password. Nobody can phish them."
      >
        {props.passkeys}
      </Panel>
      <ContactPanel csrf={csrf} email={email} phoneNumber={phoneNumber} {...contact} open={contact?.kind} />
    </MePage>
  );
}
