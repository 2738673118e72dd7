import { useEffect, useState } from "preact/hooks";
import { PasskeyList } from "../components/me/PasskeyList.tsx";
import { Button } from "../components/ui/Button.tsx";
import { FormError, FormNotice } from "../components/ui/Form.tsx";
import { passkeyCalls, passkeyTrouble, supportsPasskeys } from "../lib/client/passkeys.ts";
import type { PasskeyView } from "../lib/protocol/forms/passkeys.ts";

export interface PasskeysProps {
  csrf: string;
  /** As the server knows them when it draws the page. */
  passkeys: PasskeyView[];
}

/** An account's passkeys, and a button that makes another. */
export default function Passkeys({ csrf, passkeys: known }: PasskeysProps) {
  const [passkeys, setPasskeys] = useState(known);
  // `undefined` until the browser has been asked: the server cannot know.
  const [able, setAble] = useState<boolean>();
  const [renaming, setRenaming] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ good?: string; bad?: string }>({});
  useEffect(() => setAble(supportsPasskeys()), []);

  const calls = () => passkeyCalls(fetch.bind(globalThis), csrf);
  const attempt = async (work: () => Promise<string>) => {
    setBusy(true);
    setSaid({});
    try {
      setSaid({ good: await work() });
    } catch (error) {
      setSaid({ bad: passkeyTrouble(error) ?? undefined });
    } finally {
      setBusy(false);
    }
  };
  const add = () =>
    attempt(async () => {
      const added = await calls().register();
      setPasskeys((list) => [...list, added]);
      return "The passkey is yours. You can sign in by it now.";
    });
  const name = (id: string, wanted: string) =>
    attempt(async () => {
      await calls().rename(id, wanted);
      setPasskeys((list) => list.map((one) => one.id === id ? { ...one, name: wanted.trim() } : one));
      setRenaming(undefined);
      return "The passkey has its new name.";
    });
  const remove = (id: string) =>
    attempt(async () => {
      await calls().remove(id);
      setPasskeys((list) => list.filter((one) => one.id !== id));
      return "The passkey is gone. You may delete it on the device, too.";
    });

  return (
    <div class="flex flex-col gap-4">
      <FormError text={said.bad} />
      <FormNotice text={said.good} />
      <PasskeyList
        passkeys={passkeys}
        renaming={renaming}
        busy={busy}
        onRename={setRenaming}
        onName={name}
        onRemove={remove}
      />
      {able === false ? <p class="text-soft">This browser cannot hold passkeys.</p> : (
        <div>
          <Button icon="key" disabled={!able || busy} onClick={add}>Add a passkey</Button>
        </div>
      )}
      <noscript>
        <p class="text-soft">Passkeys need JavaScript.</p>
      </noscript>
    </div>
  );
}
