/** What is written to people about their accounts. */
import type { Config } from "../config.ts";
import type { Mail } from "../jobs/queue.ts";
import type { CodePurpose } from "../protocol/forms/accounts.ts";

const MINUTES = 10;
const NOT_YOU = "If that was not you, there is nothing to do: without the code nothing happens.";

/** A subject, which text messages leave out, and the words. */
export type Letter = Omit<Mail, "to">;

/** What a code is for, as its reader would say it. */
function reasonOf(purpose: CodePurpose, username?: string): string {
  switch (purpose) {
    case "register":
      return `to open the account @${username} at Parley with this address`;
    case "signup":
      return "to open an account at Parley with this number";
    case "reset":
      return "to choose a new password at Parley";
    case "contact":
      return "to confirm that this address is yours";
  }
}

/** Carries a code by mail. */
export function codeLetter(purpose: CodePurpose, code: string, username?: string): Letter {
  return {
    subject: `${code} is your Parley code`,
    text: [
      `Use this code ${reasonOf(purpose, username)}:`,
      code,
      `It is good for ${MINUTES} minutes, and once.`,
      NOT_YOU,
    ].join("\n\n"),
  };
}

/** Carries a code by text message; the last line lets browsers fill it in (WICG, origin-bound one-time codes). */
export function codeText({ publicUrl }: Config, code: string): Letter {
  const text =
    `${code} is your Parley code. It is good for ${MINUTES} minutes. Nobody from Parley will ask you for it.`;
  return { subject: "", text: `${text}\n\n@${new URL(publicUrl).hostname} #${code}` };
}

/** To somebody who has an account and was about to open another one. */
export function accountExists({ publicUrl }: Config): Letter {
  return {
    subject: "You already have a Parley account",
    text:
      `Somebody, perhaps you, wanted to open a Parley account with this address or number, which has one already.\n\n` +
      `Sign in: ${publicUrl}/login\nForgot your password: ${publicUrl}/forgot-password\n\n` +
      `If that was not you, there is nothing to do.`,
  };
}

/** To somebody who has no account and was about to reset its password. */
export function noAccount({ publicUrl }: Config): Letter {
  return {
    subject: "There is no Parley account here",
    text:
      `Somebody, perhaps you, wanted a new password for a Parley account with this address or number. There is no such account.\n\n` +
      `Open one: ${publicUrl}/register\n\nIf that was not you, there is nothing to do.`,
  };
}

/** The notices that follow go to the owner, in case it was not them. */
export function passwordChanged({ publicUrl }: Config, to: string): Mail {
  return {
    to,
    subject: "Your Parley password was changed",
    text: `The password of your account was changed just now, and other sessions were signed out.\n\n` +
      `If that was not you, choose a new one at once: ${publicUrl}/forgot-password`,
  };
}

export function sessionReplayed({ publicUrl }: Config, to: string): Mail {
  return {
    to,
    subject: "A Parley session of yours was ended",
    text:
      `An old key of one of your sessions was used a second time. It may have been copied, so we ended the session ` +
      `everywhere.\n\nIf you were signed out: ${publicUrl}/login\n` +
      `If you think that somebody has your password: ${publicUrl}/forgot-password`,
  };
}

export function contactChanged({ publicUrl }: Config, to: string): Mail {
  return {
    to,
    subject: "Your Parley account has a new e-mail address",
    text: `Your account was given another e-mail address, and this one does not open it any more.\n\n` +
      `If that was not you, write to the people who run ${publicUrl}.`,
  };
}
