/**
 * Base64 for addresses and frames, without padding (RFC 4648, section 5), by what every browser has had for long:
 * `Uint8Array.fromBase64` is too young for pages that cannot do without it.
 */

export function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @returns null for what is not base64url, or not in the one form in which these bytes are written */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const bytes = Uint8Array.from(
    atob(text.replaceAll("-", "+").replaceAll("_", "/")),
    (character) => character.charCodeAt(0),
  );
  return toBase64Url(bytes) === text ? bytes : null;
}
