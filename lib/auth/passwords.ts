/** Passwords: hashed by bcrypt, away from the event loop; the commonest are known and refused. */
import { openBcrypt } from "./bcrypt.ts";
import { Turnstile } from "../turnstile.ts";

/** 2^12 rounds: some 0.2 s of one core of 2024, for us and for whoever guesses. */
const COST = 12;
/** What bcrypt reads of a password (Provos and Mazières 1999). */
const MAX_BYTES = 72;
/** The hash of a password nobody has: an account that does not exist takes as long to refuse as one that does. */
const NOBODYS = "$2b$12$peiF0Bj8du2YdDBd1OHQUu7NaVWzgeu75KTE4/NcsMQXyTAMnb6x6";

export interface Passwords {
  /** @param password at most 72 bytes, as its form has checked */
  hash(password: string): Promise<string>;
  /** Takes as long for `null`, an account without a password or none at all, as for any hash. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** Among the tens of thousands that are tried first. */
  isCommon(password: string): boolean;
  /** Lets go of what hashes. */
  close(): void;
}

export async function createPasswords(): Promise<Passwords> {
  const [bcrypt, common] = await Promise.all([openBcrypt(), commonPasswords()]);
  // One core stays free for the event loop; more at once than there are cores would not be done any sooner.
  const turnstile = new Turnstile(Math.max(1, navigator.hardwareConcurrency - 1));
  return {
    hash: (password) => turnstile.pass(() => bcrypt.hash(password, COST)),
    async verify(password, hash) {
      const right = await turnstile.pass(() => bcrypt.compare(password, hash ?? NOBODYS));
      return right && hash !== null && new TextEncoder().encode(password).length <= MAX_BYTES;
    },
    isCommon: (password) => common.has(password.toLowerCase()) || new Set(password).size <= 2,
    close: () => bcrypt.close(),
  };
}

async function commonPasswords(): Promise<Set<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set((dictionary["passwords-common"] as string[]).filter((password) => password.length >= 8));
}
