import { GHOST_TTL_HOURS } from "../../lib/protocol/limits.ts";
import { cx } from "../cx.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceCard } from "../ui/ChoiceCard.tsx";
import { FormError } from "../ui/Form.tsx";

export interface Wishes {
  ttlHours: number;
  capacity: number;
  encrypted: boolean;
}

export interface MakerFormProps {
  wishes: Wishes;
  onChange: (wishes: Wishes) => void;
  onMake: () => void;
  busy: boolean;
  /** Nothing can be made until the page's script runs. */
  ready: boolean;
  error?: string;
}

const LIFETIMES = [
  { value: 1, label: "1 hour" },
  { value: 6, label: "6 hours" },
  { value: GHOST_TTL_HOURS.default, label: "1 day" },
  { value: 72, label: "3 days" },
  { value: GHOST_TTL_HOURS.max, label: "7 days" },
];
const CAPACITIES = [
  { value: 2, label: "2" },
  { value: 10, label: "10" },
  { value: 50, label: "50" },
  { value: 200, label: "200" },
];

interface ChoicesProps {
  name: string;
  legend: string;
  hint: string;
  choices: { value: number; label: string }[];
  chosen: number;
  /** How many stand in a row. */
  grid: string;
  onChoose: (value: number) => void;
}

/** A few values in a row, one of them chosen. */
function Choices({ name, legend, hint, choices, chosen, grid, onChoose }: ChoicesProps) {
  return (
    <fieldset>
      <legend class="font-bold">{legend}</legend>
      <p class="text-sm text-soft">{hint}</p>
      <div class={cx("mt-1.5 grid gap-2", grid)}>
        {choices.map(({ value, label }) => (
          <label
            key={value}
            class={cx(
              "frame eased relative flex min-h-[44px] cursor-pointer items-center justify-center rounded border px-2",
              value === chosen
                ? "border-ink bg-accent-soft font-bold"
                : "border-strong bg-raised hover:bg-hover",
            )}
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              class="sr-only"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function WhoReads({ encrypted, onChoose }: { encrypted: boolean; onChoose: (encrypted: boolean) => void }) {
  return (
    <fieldset>
      <legend class="font-bold">Who can read it</legend>
      <div
        class="mt-1.5 grid gap-2"
        onChange={(event) => onChoose((event.target as HTMLInputElement).value === "sealed")}
      >
        <ChoiceCard
          name="readers"
          value="sealed"
          checked={encrypted}
          title="Only those with the link"
          text="Your browser makes a key and puts it into the link. We never see it, so we cannot read a word."
        />
        <ChoiceCard
          name="readers"
          value="plain"
          checked={!encrypted}
          title="Those with the link, and the server"
          text="A plain room: its link is shorter, and whoever runs this server could read it."
        />
      </div>
    </fieldset>
  );
}

/** What a new ghost room should be like. */
export function MakerForm({ wishes, onChange, onMake, busy, ready, error }: MakerFormProps) {
  return (
    <form
      class="flex flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        onMake();
      }}
    >
      <Choices
        name="ttl"
        legend="How long it lives"
        hint="Then everything in it is gone for good. You can close it sooner."
        choices={LIFETIMES}
        chosen={wishes.ttlHours}
        grid={cx("grid-cols-3 sm:grid-cols-5")}
        onChoose={(ttlHours) => onChange({ ...wishes, ttlHours })}
      />
      <Choices
        name="capacity"
        legend="How many may be in it"
        hint="At a time."
        choices={CAPACITIES}
        chosen={wishes.capacity}
        grid={cx("grid-cols-4")}
        onChoose={(capacity) => onChange({ ...wishes, capacity })}
      />
      <WhoReads
        encrypted={wishes.encrypted}
        onChoose={(encrypted) => onChange({ ...wishes, encrypted })}
      />
      <FormError text={error} />
      <Button type="submit" kind="primary" size="large" icon="ghost" disabled={busy || !ready}>
        {busy ? "Making it…" : "Make the room"}
      </Button>
    </form>
  );
}
