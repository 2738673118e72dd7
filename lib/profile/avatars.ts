import { replaceAvatar } from "../../db/queries/profiles.ts";
import { encodeBase64Url } from "../base64url.ts";
import { AppError } from "../errors.ts";
import { AVATAR_MAX_BYTES, AVATAR_SIZES, avatarPath, type AvatarSize } from "../protocol/avatars.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";

const TYPE = "image/webp";
/** 128 bits: nobody finds a picture that was taken away by guessing. */
const KEY_BYTES = 16;

/**
 * Makes a picture of what was sent, and gives it to an account in place of the one it had.
 * @returns the address of the picture
 * @throws AppError FORBIDDEN for guests; VALIDATION_FAILED with what is wrong beside `avatar`; RATE_LIMIT_EXCEEDED
 */
export async function setAvatar(
  services: Services,
  viewer: Viewer,
  file: { bytes: Uint8Array } | undefined,
): Promise<string> {
  if (viewer.tier !== "member") throw new AppError("FORBIDDEN", { message: "Guests cannot set a picture." });
  if (!file || file.bytes.length === 0) throw refusal("Choose a picture first.");
  if (file.bytes.length > AVATAR_MAX_BYTES) throw refusal("That file is too large: at most 10 MB.");
  await services.limits.spend("avatar", viewer.id);
  const squares = await services.images.squares(file.bytes);
  if (squares.refused !== undefined) throw refusal(squares.refused);
  const key = encodeBase64Url(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
  for (const [size, bytes] of squares.pictures) {
    await services.storage.put(storageKey(key, size), bytes, TYPE);
  }
  await exchange(services, viewer.id, key);
  return avatarPath(key);
}

/** Takes an account's picture away; it is drawn from the name again. */
export async function removeAvatar(services: Services, userId: UserId): Promise<void> {
  await exchange(services, userId, null);
}

/** A picture by the name its address ends in, such as `KEY-256.webp`; `null` when there is none. */
export async function findAvatar(
  { storage }: Services,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const [, key, size] = /^([A-Za-z0-9_-]{22})-(\d+)\.webp$/.exec(name) ?? [];
  const known = AVATAR_SIZES.find((one) => String(one) === size);
  const stored = key && known ? await storage.get(storageKey(key, known)) : null;
  return stored && stored.bytes;
}

/** The old files go once nothing names them any more. */
async function exchange(services: Services, userId: UserId, key: string | null): Promise<void> {
  const before = await replaceAvatar(services.sql, userId, key);
  if (before === null) return;
  for (const size of AVATAR_SIZES) await services.storage.remove(storageKey(before, size));
}

function storageKey(key: string, size: AvatarSize): string {
  return `avatars/${key}-${size}.webp`;
}

function refusal(message: string): AppError {
  return new AppError("VALIDATION_FAILED", { message, fields: { avatar: message } });
}
