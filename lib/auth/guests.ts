import { createGuest } from "../../db/queries/users.ts";
import type { AgeRating } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { type Credentials, GUEST_LIFE, type Session, startSession } from "./sessions.ts";
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
  origin: { userAgent: string; address: string },
): Promise<{ session: Session; credentials: Credentials }> {
  await services.limits.spend("guestSignIn", origin.address);
  const expiresAt = new Date(services.clock() + GUEST_LIFE);
  const viewer = await createGuest(services.sql, { name: nickname, ageCategory, expiresAt });
  return startSession(services, viewer, origin, GUEST_LIFE);
}
