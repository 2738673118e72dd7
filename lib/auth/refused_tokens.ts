import { AppError, isAppError } from "../errors.ts";
import { openRoom } from "../rooms/access.ts";
import type { Services } from "../services.ts";
import { recogniseAccessToken } from "./tokens.ts";

/**
 * Why a bearer token opens nothing: it was never one of ours (INVALID_SESSION), its room is over (ROOM_EXPIRED,
 * ROOM_INACTIVE, and in the end ROOM_NOT_FOUND), or its session is (SESSION_EXPIRED).
 */
export async function whyRefused({ config, rooms, clock }: Services, token: string): Promise<AppError> {
  const claims = await recogniseAccessToken(config.accessTokenSecret, token);
  if (!claims) return new AppError("INVALID_SESSION");
  try {
    if (claims.room) openRoom(await rooms.find(claims.room), clock());
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  return new AppError("SESSION_EXPIRED");
}
