import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { readProfile, updateProfile } from "../../../lib/profile/profile.ts";
import { profileUpdate } from "../../../lib/protocol/forms/profile.ts";

export const handlers = {
  /** `{name, username, bio, languages, ageCategory, birthYear, avatar?}` */
  GET: member(async ({ state: { services, session } }) => ok(await readProfile(services, session.viewer.id))),

  /** Any of `{name, username, bio, languages, ageCategory, birthYear}` → the whole profile. */
  PATCH: member(takes(profileUpdate, async ({ state: { services, session } }, input) => {
    return ok(await updateProfile(services, session.viewer.id, input));
  })),
};
