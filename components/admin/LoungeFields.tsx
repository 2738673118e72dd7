import { LOUNGE_NAME_MAX, LOUNGE_TEXT_MAX } from "../../lib/protocol/forms/lounges.ts";
import { ChoiceCard } from "../ui/ChoiceCard.tsx";
import { Field, FieldError } from "../ui/Field.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import type { FormState } from "./form.ts";

function WhoComesIn({ values, errors = {} }: FormState) {
  const described = errors.ageRating ? "ageRating-error" : undefined;
  const chosen = values.ageRating ?? "_18PLUS";
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="mb-1.5 font-bold">Who comes in</legend>
      <ChoiceCard
        name="ageRating"
        value="_18PLUS"
        title="Everybody of 18 and older"
        checked={chosen === "_18PLUS"}
        describedBy={described}
      />
      <ChoiceCard
        name="ageRating"
        value="_18PLUS_RED"
        title={
          <>
            Those who asked for <span class="text-red-lounge">RED</span>
          </>
        }
        text="Marked, and shown to nobody else."
        checked={chosen === "_18PLUS_RED"}
        describedBy={described}
      />
      <FieldError id="ageRating-error" text={errors.ageRating} />
    </fieldset>
  );
}

/** What there is to say of a lounge, whether it is new or not. */
export function LoungeFields(state: FormState & { isNew?: boolean }) {
  const { values, errors = {}, isNew } = state;
  return (
    <>
      <Field
        name="name"
        label="Name"
        maxLength={LOUNGE_NAME_MAX * 2}
        dir="auto"
        required
        value={values.name}
        error={errors.name}
      />
      <TextArea
        name="description"
        label="Description"
        hint={`One or two sentences, at most ${LOUNGE_TEXT_MAX} characters.`}
        rows={3}
        dir="auto"
        value={values.description}
        error={errors.description}
      />
      <WhoComesIn {...state} />
      <Field
        name="position"
        label="Place in the list"
        hint={isNew ? "Counted from 1. Left empty, it comes last." : "Counted from 1."}
        inputMode="numeric"
        dir="ltr"
        value={values.position}
        error={errors.position}
      />
    </>
  );
}
