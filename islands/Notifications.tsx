import { useEffect, useState } from "preact/hooks";
import { Button } from "../components/ui/Button.tsx";
import { ChoiceCard } from "../components/ui/ChoiceCard.tsx";
import { FormError, FormNotice } from "../components/ui/Form.tsx";
import { browserFetch, writeCall } from "../lib/client/api.ts";
import { chime, isAudible, setAudible } from "../lib/client/attention.ts";
import { browserStore } from "../lib/client/environment.ts";
import { type DeviceState, deviceState, pushBrowser, turnOff, turnOn } from "../lib/client/notifications.ts";
import { asRefusal } from "../lib/client/refusal.ts";
import type { UserId } from "../lib/protocol/ids.ts";

export interface NotificationsProps {
  csrf: string;
  viewerId: UserId;
  /** Null where this server sends nothing. */
  publicKey: string | null;
}

const WHY: Partial<Record<DeviceState, string>> = {
  unsupported:
    "This browser cannot show notifications while Parley is closed. Open pages still show what is new.",
  "home-screen": "On iPhone and iPad, add Parley to your home screen first: Share, then Add to Home Screen.",
  refused: "This browser blocks notifications from Parley. You can allow them in its settings for this site.",
};

/** This browser: notified or not, and whether open pages may be heard. */
export default function Notifications({ csrf, viewerId, publicKey }: NotificationsProps) {
  // Undefined until the browser has been asked: the server cannot know.
  const [state, setState] = useState<DeviceState>();
  const [audible, setHeard] = useState(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ good?: string; bad?: string }>({});
  const here = () => ({ browser: pushBrowser, store: browserStore(), me: viewerId });

  useEffect(() => {
    setHeard(isAudible(browserStore()));
    guessTimeZone();
    void deviceState(here()).then(setState);
  }, []);

  const attempt = async (work: () => Promise<DeviceState>, good: string) => {
    setBusy(true);
    setSaid({});
    try {
      const next = await work();
      setState(next);
      if (next === "on" || next === "off" && good === OFF) setSaid({ good });
    } catch (error) {
      setSaid({ bad: asRefusal(error).message });
    } finally {
      setBusy(false);
    }
  };
  const write = writeCall(browserFetch, csrf);
  const begin = () => attempt(() => turnOn(here(), write, publicKey!), ON);
  const end = () => attempt(() => turnOff(here(), write), OFF);
  const hear = (on: boolean) => {
    setAudible(browserStore(), on);
    setHeard(on);
    if (on) chime();
  };

  if (state === undefined) return null;
  const why = publicKey === null ? NOT_SENT : WHY[state];
  return (
    <div class="flex flex-col gap-4">
      <FormError text={said.bad} />
      <FormNotice text={said.good} />
      {why ? <p class="text-soft">{why}</p> : (
        <div class="flex flex-wrap items-center gap-3">
          {state === "on"
            ? <Button icon="bell" disabled={busy} onClick={end}>Stop on this device</Button>
            : (
              <Button kind="primary" icon="bell" disabled={busy} onClick={begin}>
                Notify me on this device
              </Button>
            )}
          <p class="text-soft">
            {state === "on" ? "Notifications are on here." : "Notifications are off here."}
          </p>
        </div>
      )}
      <div onChange={(event) => hear((event.target as HTMLInputElement).checked)}>
        <ChoiceCard
          type="checkbox"
          name="sound"
          value="on"
          checked={audible}
          title="A sound in open pages"
          text="Two soft notes when somebody calls you in another room. In this browser."
        />
      </div>
    </div>
  );
}

const ON = "Done: this device gets notifications now.";
const OFF = "Done: this device gets no more notifications.";
const NOT_SENT = "This server is not set up for notifications while Parley is closed.";

/** Who never chose a time zone is offered the one they are in. */
function guessTimeZone(): void {
  const field = document.querySelector<HTMLSelectElement>("select#timeZone[data-guess]");
  if (!field || field.value !== "") return;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if ([...field.options].some(({ value }) => value === timeZone)) field.value = timeZone;
}
