import { type Clock, dayName, timeOfDay } from "../clock.ts";
import { PasswordField } from "../account/fields.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { ChoiceCard } from "../ui/ChoiceCard.tsx";
import { FieldError } from "../ui/Field.tsx";
import { Form } from "../ui/Form.tsx";
import { Panel } from "../ui/Panel.tsx";
import { ProgressBar } from "../ui/ProgressBar.tsx";
import { TextLink } from "../ui/TextLink.tsx";

/** The newest export, if there was one. */
export interface ExportView {
  state: "waiting" | "running" | "done" | "failed";
  /** 0 to 100. */
  progress: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Where it is fetched once it is done. */
  href?: string;
}

export interface ExportPanelProps {
  csrf: string;
  clock: Clock;
  latest?: ExportView;
  error?: string;
}

function Latest({ latest, clock }: { latest: ExportView; clock: Clock }) {
  const asked = `${dayName(clock, latest.createdAt)}, ${timeOfDay(clock, latest.createdAt)}`;
  if (latest.state === "failed") {
    return <p class="font-semibold text-bad">The export asked for {asked} did not work. Please ask again.</p>;
  }
  if (latest.state === "done" && latest.href) {
    return (
      <p class="flex flex-wrap items-center gap-3">
        <ButtonLink kind="primary" icon="download" href={latest.href}>Download</ButtonLink>
        <span class="text-sm text-soft">Asked for: {asked}</span>
      </p>
    );
  }
  return (
    <>
      <ProgressBar
        label={latest.state === "waiting" ? "Waiting for its turn" : "Gathering your data"}
        percent={latest.progress}
      />
      <p class="text-sm text-soft">
        You may leave this page; it goes on without you.{" "}
        <TextLink href="/me/data">Look how far it is</TextLink>
      </p>
    </>
  );
}

/** A copy of everything, made in the background. `data-live`: the page's script looks how far it is. */
export function ExportPanel({ csrf, clock, latest, error }: ExportPanelProps) {
  const busy = latest?.state === "waiting" || latest?.state === "running";
  return (
    <Panel
      id="export"
      title="A copy of my data"
      lead="Your profile, what you wrote, whom you blocked and your files, as JSON in one archive."
    >
      <div data-live={busy ? "2" : undefined} aria-live="polite" class="flex flex-col gap-3">
        {latest && <Latest latest={latest} clock={clock} />}
      </div>
      {!busy && (
        <Form inline action="/me/data" csrf={csrf} hidden={{ step: "export" }} error={error}>
          <Button type="submit">{latest?.state === "done" ? "Make a new copy" : "Make a copy"}</Button>
        </Form>
      )}
    </Panel>
  );
}

export interface ErasePanelProps {
  csrf: string;
  /** The second step: say that it is meant. */
  asking: boolean;
  errors?: Record<string, string>;
  error?: string;
}

function EraseForm({ csrf, errors = {}, error }: ErasePanelProps) {
  return (
    <Form action="/me/data" csrf={csrf} hidden={{ step: "erase" }} error={error}>
      <PasswordField label="Your password" error={errors.password} />
      <div>
        <ChoiceCard
          type="checkbox"
          name="sure"
          value="on"
          required
          describedBy={errors.sure ? "sure-error" : undefined}
          title="I know that nobody can bring it back."
        />
        <FieldError id="sure-error" text={errors.sure} />
      </div>
      <div class="flex flex-wrap gap-3">
        <Button type="submit" kind="danger" icon="delete">Erase my account</Button>
        <ButtonLink kind="quiet" href="/me/data">Keep it</ButtonLink>
      </div>
    </Form>
  );
}

/** The end of an account, asked for twice. */
export function ErasePanel(props: ErasePanelProps) {
  return (
    <Panel
      grave
      id="erase"
      title="Erase my account"
      lead="Your profile, address, number, picture, passkeys, devices and every word you wrote go for good. It begins at once and nobody can stop it."
    >
      {props.asking ? <EraseForm {...props} /> : (
        <p>
          <ButtonLink href="/me/data?erase=ask#erase">Erase my account …</ButtonLink>
        </p>
      )}
    </Panel>
  );
}
