/** Where a person's picture is. Its name changes with the picture, so that it may be cached for good. */
export const AVATAR_MAX_BYTES = 10 * 1024 * 1024;
/** Pixels a side. */
export const AVATAR_SIZES = [256, 64] as const;
export type AvatarSize = typeof AVATAR_SIZES[number];

/** `key` as `users.avatar` holds it. */
export function avatarPath(key: string, size: AvatarSize = 256): string {
  return `/files/avatars/${key}-${size}.webp`;
}

/** The small picture beside the one that {@link avatarPath} names. */
export function smallAvatar(path: string): string {
  return path.replace(/-256\.webp$/, "-64.webp");
}
