import type { RoomBan } from "../../../lib/protocol/forms/rooms.ts";
import { fullTime } from "../../clock.ts";
import { Button } from "../../ui/Button.tsx";
import { Form, FormError } from "../../ui/Form.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { PersonLine } from "./person.tsx";
import type { SettingsProps } from "./props.ts";

function Note({ ban, clock }: Pick<SettingsProps, "clock"> & { ban: RoomBan }) {
  return (
    <>
      <p class="tabular-nums">{ban.endsAt ? `Until ${fullTime(clock, ban.endsAt)}` : "For good"}</p>
      {ban.bannedBy && (
        <p>
          by <bdi>{ban.bannedBy.name}</bdi>
        </p>
      )}
      {ban.reason && <p class="words" dir="auto">{ban.reason}</p>}
    </>
  );
}

/** Who may not come in, and the way to let them. */
export function BansPanel({ details: { bans = [] }, clock, path, csrf, refused }: SettingsProps) {
  return (
    <Panel id="bans" title="Banned people">
      <FormError text={refused?.form === "bans" ? refused.error : undefined} />
      {bans.length === 0 ? <p class="text-soft">Nobody is banned.</p> : (
        <ul class="divide-y divide-line">
          {bans.map((ban) => (
            <li key={ban.person.id}>
              <PersonLine person={ban.person} note={<Note ban={ban} clock={clock} />}>
                <Form
                  inline
                  action={`${path}#bans`}
                  csrf={csrf}
                  hidden={{ step: "unban", userId: ban.person.id }}
                >
                  <Button type="submit" size="small">
                    Lift the ban<span class="sr-only">{` on ${ban.person.name}`}</span>
                  </Button>
                </Form>
              </PersonLine>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
