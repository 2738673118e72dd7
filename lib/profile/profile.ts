import { changeProfile, findOwnProfile, findPublicProfile } from "../../db/queries/profiles.ts";
import { AppError } from "../errors.ts";
import type { OwnProfile, ProfileUpdate, PublicProfile } from "../protocol/forms/profile.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";

const ADULT_YEARS = 18;
const SAY_THE_YEAR = "Say the year you were born first.";

/** What an account says of itself. @throws AppError NOT_FOUND */
export async function readProfile({ sql }: Services, userId: UserId): Promise<OwnProfile> {
  const profile = await findOwnProfile(sql, userId);
  if (!profile) throw new AppError("NOT_FOUND");
  return profile;
}

/**
 * Changes what is given, and nothing else.
 * @throws AppError USERNAME_TAKEN, AGE_RESTRICTED, VALIDATION_FAILED; each with the field it is about
 */
export async function updateProfile(
  services: Services,
  userId: UserId,
  input: ProfileUpdate,
): Promise<OwnProfile> {
  const known = await readProfile(services, userId);
  demandAdult(services, known, input);
  try {
    return await changeProfile(services.sql, userId, input) ?? known;
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new AppError("USERNAME_TAKEN", { fields: { username: "Somebody has that username already." } });
  }
}

/** A member as others see them, or `null`. */
export function findProfile(
  { sql }: Services,
  username: string,
  viewer?: Viewer | null,
): Promise<PublicProfile | null> {
  return findPublicProfile(sql, username, viewer?.id ?? null);
}

/** RED rooms open to those who have said a year of birth that makes them 18; so does the year itself. */
function demandAdult({ clock }: Services, known: OwnProfile, input: ProfileUpdate): void {
  const year = known.birthYear ?? input.birthYear ?? null;
  const red = input.ageCategory === "_18PLUS_RED";
  if (!red && input.birthYear === undefined) return;
  if (year === null) {
    throw new AppError("VALIDATION_FAILED", {
      message: SAY_THE_YEAR,
      fields: { ageCategory: SAY_THE_YEAR, birthYear: SAY_THE_YEAR },
    });
  }
  if (new Date(clock()).getUTCFullYear() - year >= ADULT_YEARS) return;
  const field = input.birthYear === undefined ? "ageCategory" : "birthYear";
  throw new AppError("AGE_RESTRICTED", { fields: { [field]: "Parley is for people of 18 and older." } });
}

/** The unique index on usernames refused. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && "constraint_name" in error && error.constraint_name === "users_username";
}
