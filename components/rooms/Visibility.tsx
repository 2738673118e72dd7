import type { Visibility } from "../../lib/protocol/types.ts";
import { ChoiceCard } from "../ui/ChoiceCard.tsx";
import { FieldError } from "../ui/Field.tsx";

/** Who may join a slug room: two cards. */
export function VisibilityChoice({ chosen, error }: { chosen?: string; error?: string }) {
  const card = (value: Visibility) => ({
    name: "visibility",
    value,
    required: true,
    checked: chosen === value,
    describedBy: error ? "visibility-error" : undefined,
  });
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="mb-1.5 font-bold">Who may join</legend>
      <ChoiceCard
        {...card("public")}
        title="Everybody with an account"
        text="It stands in the directory. Only members read what is said."
      />
      <ChoiceCard
        {...card("invite")}
        title="Those who have an invite link"
        text="Nobody finds it, and nobody comes in without one."
      />
      <FieldError id="visibility-error" text={error} />
    </fieldset>
  );
}

export function visibilityWords(visibility: Visibility | undefined): string {
  return visibility === "invite" ? "Invite only" : "Public";
}
