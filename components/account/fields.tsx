import { Field } from "../ui/Field.tsx";
import { PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARACTERS } from "../../lib/protocol/forms/fields.ts";

interface One {
  value?: string;
  error?: string;
}

/** `username`: this address is what a password manager files the password under. */
export function EmailField({ value, error, signIn }: One & { signIn?: boolean }) {
  return (
    <Field
      name="email"
      label="E-mail address"
      type="email"
      inputMode="email"
      autocomplete={signIn ? "username" : "email"}
      autocapitalize="none"
      spellcheck={false}
      required
      value={value}
      error={error}
    />
  );
}

export function PhoneField({ value, error, required = true }: One & { required?: boolean }) {
  return (
    <Field
      name="phoneNumber"
      label="Phone number"
      hint="With its country code, such as +34 612 34 56 78."
      type="tel"
      inputMode="tel"
      autocomplete="tel"
      dir="ltr"
      required={required}
      value={value}
      error={error}
    />
  );
}

/** One field for both kinds of account. */
export function IdentifierField({ value, error }: One) {
  return (
    <Field
      name="identifier"
      label="E-mail address or phone number"
      inputMode="email"
      autocomplete="username"
      autocapitalize="none"
      spellcheck={false}
      required
      value={value}
      error={error}
    />
  );
}

/** Never given its value back: a password is typed anew. */
export function PasswordField({ name = "password", label = "Password", id, error }: {
  name?: string;
  label?: string;
  /** Where a page has several of them. */
  id?: string;
  error?: string;
}) {
  return (
    <Field
      name={name}
      id={id}
      label={label}
      type="password"
      autocomplete="current-password"
      required
      error={error}
    />
  );
}

/** `passwordrules` tells password managers what they may make up. */
export function NewPasswordField({ name = "password", label = "Password", error }: {
  name?: string;
  label?: string;
  error?: string;
}) {
  const rules = {
    passwordrules: `minlength: ${PASSWORD_MIN_CHARACTERS}; maxlength: ${PASSWORD_MAX_BYTES};`,
  };
  return (
    <Field
      {...rules}
      name={name}
      label={label}
      hint={`At least ${PASSWORD_MIN_CHARACTERS} characters. Three or four unusual words are good.`}
      type="password"
      autocomplete="new-password"
      required
      error={error}
    />
  );
}

/** Six digits by SMS, mail or an authenticator app; phones offer them above the keyboard. */
export function CodeField({ label, hint, error, recovery }: {
  label: string;
  hint?: string;
  error?: string;
  /** A recovery code will do too, and it has letters. */
  recovery?: boolean;
}) {
  return (
    <Field
      name="code"
      label={label}
      hint={hint}
      inputMode={recovery ? "text" : "numeric"}
      autocomplete="one-time-code"
      autocapitalize={recovery ? "characters" : undefined}
      spellcheck={false}
      autofocus
      dir="ltr"
      required
      error={error}
    />
  );
}

/** 30 days instead of until the browser closes. */
export function StaySignedIn({ checked }: { checked?: boolean }) {
  return (
    <label class="flex min-h-[44px] cursor-pointer items-center gap-3">
      <input type="checkbox" name="staySignedIn" value="on" checked={checked} class="size-5 shrink-0" />
      <span>
        Stay signed in <span class="text-soft">for 30 days, on this device</span>
      </span>
    </label>
  );
}
