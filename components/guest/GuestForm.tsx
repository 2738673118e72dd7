import type { AgeRating } from "../../lib/protocol/types.ts";
import { NICKNAME_MAX, NICKNAME_MIN } from "../../lib/protocol/limits.ts";
import { Page } from "../layout/Page.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { ChoiceCard } from "../ui/ChoiceCard.tsx";
import { Field, FieldError } from "../ui/Field.tsx";

export interface GuestFormProps {
  action: string;
  csrf: string;
  /** A path of this site to go to afterwards. */
  next: string;
  /** Fills the nickname as long as the person has not written one. */
  suggestion: string;
  /** This page again, with another suggestion. */
  anotherHref?: string;
  values?: { nickname?: string; ageCategory?: AgeRating };
  /** Field → what is wrong with it. */
  errors?: { nickname?: string; ageCategory?: string };
  /** What is wrong with the whole: too many tries, an old form. */
  formError?: string;
}

function AgeChoice({ values, errors }: Pick<GuestFormProps, "values" | "errors">) {
  const described = errors?.ageCategory ? "ageCategory-error" : undefined;
  const card = { name: "ageCategory", required: true, describedBy: described };
  return (
    <fieldset>
      <legend class="font-bold">Your age</legend>
      <p class="text-sm text-soft">Parley is for people of 18 and older.</p>
      <div class="mt-1.5 grid gap-2">
        <ChoiceCard
          {...card}
          value="_18PLUS"
          title="I am 18 or older"
          checked={values?.ageCategory === "_18PLUS"}
        />
        <ChoiceCard
          {...card}
          value="_18PLUS_RED"
          title={
            <>
              I am 18 or older, and show me <span class="text-red-lounge">RED</span> lounges
            </>
          }
          text="Frank talk among adults, after dark."
          checked={values?.ageCategory === "_18PLUS_RED"}
        />
      </div>
      <FieldError id="ageCategory-error" text={errors?.ageCategory} />
    </fieldset>
  );
}

/** The way in: a name, an age, one button. A plain form. */
export function GuestForm(props: GuestFormProps) {
  const { values, errors } = props;
  return (
    <Page narrow title="Enter as a guest" lead="No address, no password. Your name is yours for a day.">
      <form method="post" action={props.action} class="flex flex-col gap-6">
        <input type="hidden" name="csrf" value={props.csrf} />
        <input type="hidden" name="next" value={props.next} />
        {props.formError && (
          <div role="alert" class="overflow-hidden rounded">
            <Banner tone="bad" icon="alert">
              <span>{props.formError}</span>
            </Banner>
          </div>
        )}
        <div>
          <Field
            name="nickname"
            label="Your name here"
            hint={`${NICKNAME_MIN} to ${NICKNAME_MAX} letters, digits, spaces, dots or dashes. Keep ours or write your own.`}
            error={errors?.nickname}
            value={values?.nickname ?? props.suggestion}
            maxLength={NICKNAME_MAX * 2}
            autocomplete="nickname"
            autocapitalize="words"
            spellcheck={false}
            dir="auto"
          />
          {props.anotherHref && (
            <a
              href={props.anotherHref}
              class="mt-1 inline-flex min-h-[32px] items-center rounded text-sm text-accent-text underline"
            >
              Suggest another
            </a>
          )}
        </div>
        <AgeChoice values={values} errors={errors} />
        <Button type="submit" kind="primary" size="large">Come in</Button>
      </form>
    </Page>
  );
}
