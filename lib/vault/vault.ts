/**
 * What must not be readable in the database: sealed with AES-256-GCM under a named key, bound to where it stands, and
 * found again by a keyed hash.
 */
export interface Place {
  table: string;
  column: string;
  /** The row's id. A sealed value moved to another row does not open. */
  row: string;
}

export interface Vault {
  /** `key id (1 byte length + text) · nonce (12) · ciphertext and tag`. */
  seal(place: Place, text: string): Promise<Uint8Array>;
  /** @throws Error when it was sealed for another place, under an unknown key, or was changed. */
  open(place: Place, sealed: Uint8Array): Promise<string>;
  /** The id of the key that new values are sealed under. */
  readonly keyId: string;
  /** The id of the key a value is sealed under. */
  keyIdOf(sealed: Uint8Array): string;
  /** HMAC-SHA-256 under a key of its own: equal texts of one domain have equal indexes. */
  index(domain: string, text: string): Promise<Uint8Array>;
}
