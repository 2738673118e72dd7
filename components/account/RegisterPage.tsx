import type { ComponentChildren } from "preact";
import type { Viewer } from "../../lib/protocol/types.ts";
import { USERNAME_MAX, USERNAME_MIN } from "../../lib/protocol/forms/fields.ts";
import { guestHref, loginHref } from "../links.ts";
import { Page } from "../layout/Page.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Form } from "../ui/Form.tsx";
import { Name } from "../ui/Name.tsx";
import { TabLinks } from "../ui/TabLinks.tsx";
import { TextLink } from "../ui/TextLink.tsx";
import { EmailField, NewPasswordField, PhoneField } from "./fields.tsx";

export type RegisterBy = "email" | "phone";

export interface RegisterPageProps {
  by: RegisterBy;
  csrf: string;
  /** A path of this site to go to afterwards. */
  next: string;
  /** The guest who keeps name, history and blocks. */
  guest?: Viewer;
  values?: Record<string, string | undefined>;
  /** Field → what is wrong with it. */
  errors?: Record<string, string>;
  /** What is wrong with the whole. */
  error?: string;
}

function Upgrade({ guest }: { guest: Viewer }) {
  return (
    <div class="flex items-center gap-3 rounded border border-line bg-accent-soft p-3">
      <Avatar name={guest.name} />
      <p class="min-w-0">
        <Name class="font-bold">{guest.name}</Name>
        <span class="block text-sm">Your name, what you said and whom you blocked stay with you.</span>
      </p>
    </div>
  );
}

function EmailFields({ values = {}, errors = {} }: Pick<RegisterPageProps, "values" | "errors">) {
  return (
    <>
      <EmailField value={values.email} error={errors.email} />
      <Field
        name="username"
        label="Username"
        hint={`${USERNAME_MIN} to ${USERNAME_MAX} letters, digits or underscores. Others mention you by it.`}
        autocomplete="nickname"
        autocapitalize="none"
        spellcheck={false}
        required
        value={values.username}
        error={errors.username}
      />
      <NewPasswordField error={errors.password} />
    </>
  );
}

function PhoneFields({ values = {}, errors = {} }: Pick<RegisterPageProps, "values" | "errors">) {
  return (
    <>
      <PhoneField value={values.phoneNumber} error={errors.phoneNumber} />
      <div class="grid gap-5 sm:grid-cols-2">
        <Field
          name="firstName"
          label="First name"
          autocomplete="given-name"
          autocapitalize="words"
          dir="auto"
          value={values.firstName}
          error={errors.firstName}
        />
        <Field
          name="lastName"
          label="Last name"
          autocomplete="family-name"
          autocapitalize="words"
          dir="auto"
          value={values.lastName}
          error={errors.lastName}
        />
      </div>
      <Field
        name="birthYear"
        label="Year of birth"
        hint="Parley is for people of 18 and older. Nobody else sees it."
        inputMode="numeric"
        autocomplete="bday-year"
        dir="ltr"
        required
        value={values.birthYear}
        error={errors.birthYear}
      />
    </>
  );
}

function Foot({ children }: { children: ComponentChildren }) {
  return <p class="mt-6 text-soft">{children}</p>;
}

/** `/register`: two doors to one kind of account, and for a guest the way to keep what they have. */
export function RegisterPage({ by, csrf, next, guest, values, errors, error }: RegisterPageProps) {
  const door = (to: RegisterBy) => `/register?by=${to}&next=${encodeURIComponent(next)}`;
  return (
    <Page
      narrow
      title={guest ? "Keep your name" : "Create an account"}
      lead={guest
        ? "As a guest your name is yours for a day. With an account it stays."
        : "A name of your own on every device, and what you have read stays read."}
    >
      <div class="flex flex-col gap-6">
        {guest && <Upgrade guest={guest} />}
        <TabLinks
          label="Ways to register"
          tabs={[
            { href: door("email"), label: "By e-mail", icon: "mail", current: by === "email" },
            { href: door("phone"), label: "By phone", icon: "phone", current: by === "phone" },
          ]}
        />
        <Form action="/register" csrf={csrf} hidden={{ by, next }} error={error}>
          {by === "email"
            ? <EmailFields values={values} errors={errors} />
            : <PhoneFields values={values} errors={errors} />}
          <Button type="submit" kind="primary" size="large">
            {by === "email" ? "Send me a code by mail" : "Send me a code by SMS"}
          </Button>
        </Form>
      </div>
      <Foot>
        Have an account? <TextLink href={loginHref(next)}>Sign in</TextLink>
        {!guest && (
          <>
            . Only looking? <TextLink href={guestHref(next)}>Enter as a guest</TextLink>
          </>
        )}.
      </Foot>
    </Page>
  );
}
