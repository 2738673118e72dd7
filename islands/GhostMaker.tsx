import { useEffect, useState } from "preact/hooks";
import { MakerForm, type Wishes } from "../components/ghost/MakerForm.tsx";
import { ghostHref } from "../components/links.ts";
import { browserFetch } from "../lib/client/api.ts";
import { ghostCalls } from "../lib/client/ghost/calls.ts";
import { keep } from "../lib/client/ghost/keeping.ts";
import { asRefusal } from "../lib/client/refusal.ts";
import { fragmentOf, keyCheckOf, newSecret } from "../lib/client/sealing/key.ts";
import { GHOST_CAPACITY, GHOST_TTL_HOURS } from "../lib/protocol/limits.ts";

const FIRST: Wishes = {
  ttlHours: GHOST_TTL_HOURS.default,
  capacity: GHOST_CAPACITY.default,
  encrypted: true,
};
const INSECURE = "Encrypted rooms are made in the browser, and browsers do that over https only.";

/** Makes a room, and gives the address of its door. The key is made here, and goes nowhere but into that address. */
async function made({ encrypted, ...wishes }: Wishes): Promise<string> {
  const calls = ghostCalls(browserFetch);
  const secret = encrypted ? newSecret() : null;
  const sealing = secret && { encrypted: true, keyCheck: await keyCheckOf(secret) };
  const { token, ownerKey } = await calls.make({ ...wishes, ...sealing });
  keep(sessionStorage, token, { ownerKey });
  return ghostHref(token) + (secret ? fragmentOf(secret) : "");
}

/** The form that makes a ghost room. */
export default function GhostMaker() {
  const [wishes, setWishes] = useState(FIRST);
  const [busy, setBusy] = useState(false);
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<string>();
  useEffect(() => setReady(true), []);
  const make = async () => {
    if (wishes.encrypted && !globalThis.crypto?.subtle) return setError(INSECURE);
    setBusy(true);
    setError(undefined);
    try {
      location.assign(await made(wishes));
    } catch (problem) {
      setError(asRefusal(problem).message);
      setBusy(false);
    }
  };
  return (
    <MakerForm wishes={wishes} onChange={setWishes} onMake={make} busy={busy} ready={ready} error={error} />
  );
}
