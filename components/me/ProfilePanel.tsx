import type { AgeRating } from "../../lib/protocol/types.ts";
import { NICKNAME_MAX } from "../../lib/protocol/limits.ts";
import { USERNAME_MAX } from "../../lib/protocol/forms/fields.ts";
import { BIO_MAX_CHARACTERS } from "../../lib/protocol/forms/profile.ts";
import { offeredLanguages } from "../languages.ts";
import { profileHref } from "../links.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceCard } from "../ui/ChoiceCard.tsx";
import { Field, FieldError } from "../ui/Field.tsx";
import { Form } from "../ui/Form.tsx";
import { Panel } from "../ui/Panel.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import { TextLink } from "../ui/TextLink.tsx";

export interface ProfileValues {
  name: string;
  username: string;
  bio: string;
  /** BCP 47 tags. */
  languages: string[];
  ageCategory: AgeRating;
  birthYear: string;
}

export interface ProfileFormProps {
  csrf: string;
  values: ProfileValues;
  /** The year of birth is known. It is said once. */
  birthYearKnown: boolean;
  /** Empty as long as no username was chosen. */
  savedUsername?: string;
  errors?: Record<string, string>;
  error?: string;
}

/** The empty field lets somebody choose none: what a form leaves out stays as it was. */
function Languages({ values, errors = {} }: ProfileFormProps) {
  return (
    <fieldset aria-describedby={errors.languages ? "languages-error" : undefined}>
      <legend class="font-bold">Languages you speak</legend>
      <input type="hidden" name="languages" value="" />
      <div class="mt-1.5 grid grid-cols-2 gap-x-4 sm:grid-cols-3">
        {offeredLanguages(values.languages).map(({ tag, name, dir }) => (
          <label key={tag} class="flex min-h-[44px] cursor-pointer items-center gap-3">
            <input
              type="checkbox"
              name="languages"
              value={tag}
              checked={values.languages.includes(tag)}
              class="size-5 shrink-0"
            />
            <span lang={tag} dir={dir}>{name}</span>
          </label>
        ))}
      </div>
      <FieldError id="languages-error" text={errors.languages} />
    </fieldset>
  );
}

function Red({ values, errors = {} }: ProfileFormProps) {
  const described = errors.ageCategory ? "ageCategory-error" : undefined;
  return (
    <fieldset>
      <legend class="sr-only">RED lounges</legend>
      <ChoiceCard
        type="checkbox"
        name="red"
        value="on"
        describedBy={described}
        checked={values.ageCategory === "_18PLUS_RED"}
        title={
          <>
            Show me <span class="text-red-lounge">RED</span> lounges
          </>
        }
        text="Frank talk among adults, after dark."
      />
      <FieldError id="ageCategory-error" text={errors.ageCategory} />
    </fieldset>
  );
}

/** What others see of me, and which lounges I see. */
export function ProfilePanel(props: ProfileFormProps) {
  const { csrf, values, errors = {}, savedUsername } = props;
  return (
    <Panel
      id="profile"
      title="What others see"
      lead={savedUsername && (
        <>
          Your page is <TextLink href={profileHref(savedUsername)}>/u/{savedUsername}</TextLink>.
        </>
      )}
    >
      <Form action="/me" csrf={csrf} error={props.error}>
        <Field
          name="name"
          label="Name"
          hint="Stands beside what you say."
          autocomplete="name"
          maxLength={NICKNAME_MAX * 2}
          dir="auto"
          required
          value={values.name}
          error={errors.name}
        />
        <Field
          name="username"
          label="Username"
          hint="Letters, digits and underscores. Others mention you by it."
          autocomplete="nickname"
          autocapitalize="none"
          spellcheck={false}
          maxLength={USERNAME_MAX * 2}
          dir="ltr"
          value={values.username}
          error={errors.username}
        />
        <TextArea
          name="bio"
          label="About you"
          hint={`At most ${BIO_MAX_CHARACTERS} characters. Leave it empty if you like.`}
          dir="auto"
          value={values.bio}
          error={errors.bio}
        />
        <Languages {...props} />
        {!props.birthYearKnown && (
          <Field
            name="birthYear"
            label="Year of birth"
            hint="Needed for RED lounges. It can be said once; nobody else sees it."
            inputMode="numeric"
            autocomplete="bday-year"
            dir="ltr"
            value={values.birthYear}
            error={errors.birthYear}
          />
        )}
        <Red {...props} />
        <Button type="submit" kind="primary">Save</Button>
      </Form>
    </Panel>
  );
}
