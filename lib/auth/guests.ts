import { createGuest } from "../../db/queries/users.ts";
import type { AgeRating } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { GUEST_STAY, type Origin, type SignedIn, startSession } from "./sessions.ts";
import { suggestName } from "./names.ts";

interface GuestInput {
  ageCategory: AgeRating;
  nickname?: string;
}

/**
 * Lets a guest in for a day.
 * @throws AppError RATE_LIMIT_EXCEEDED when too many guests come from one address.
 */
export async function enterAsGuest(
  services: Services,
  { ageCategory, nickname = suggestName() }: GuestInput,
  origin: Origin,
): Promise<SignedIn> {
  await services.limits.spend("guestSignIn", origin.address);
  const expiresAt = new Date(services.clock() + GUEST_STAY.life);
  const viewer = await createGuest(services.sql, { name: nickname, ageCategory, expiresAt });
  return startSession(services, viewer, origin, GUEST_STAY);
}
