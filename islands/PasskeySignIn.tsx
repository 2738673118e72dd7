import { useEffect, useState } from "preact/hooks";
import { Button } from "../components/ui/Button.tsx";
import { FormError } from "../components/ui/Form.tsx";
import { passkeyCalls, passkeyTrouble, supportsPasskeys } from "../lib/client/passkeys.ts";

export interface PasskeySignInProps {
  csrf: string;
  /** A path of this site to go on to. */
  next?: string;
}

/** Signs in by a passkey; nothing has to be typed. Drawn once the browser has said that it can. */
export default function PasskeySignIn({ csrf, next = "/dashboard" }: PasskeySignInProps) {
  const [able, setAble] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => setAble(supportsPasskeys()), []);

  const signIn = async () => {
    setBusy(true);
    setTrouble(undefined);
    try {
      await passkeyCalls(fetch.bind(globalThis), csrf).signIn(staysSignedIn());
      location.assign(next);
    } catch (error) {
      setTrouble(passkeyTrouble(error) ?? undefined);
      setBusy(false);
    }
  };

  if (!able) return null;
  return (
    <div class="flex flex-col gap-3">
      <FormError text={trouble} />
      <Button icon="key" size="large" disabled={busy} onClick={signIn}>Sign in with a passkey</Button>
    </div>
  );
}

/** The page's own checkbox counts for both ways in. */
function staysSignedIn(): boolean {
  return document.querySelector<HTMLInputElement>("input[name=staySignedIn]")?.checked ?? false;
}
