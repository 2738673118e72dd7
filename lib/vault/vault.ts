/**
 * What must not be readable in the database: sealed with AES-256-GCM under a named key, bound to where it stands, and
 * found again by a keyed hash.
 */
export interface Column {
  table: string;
  column: string;
}

export interface Place extends Column {
  /** The row's id. A sealed value moved to another row does not open. */
  row: string;
}

export interface Vault {
  /** `key id (1 byte length + text) · nonce (12) · ciphertext and tag`. */
  seal(place: Place, text: string): Promise<Uint8Array>;
  /** @throws VaultError when it was sealed for another place, under an unknown key, or was changed. */
  open(place: Place, sealed: Uint8Array): Promise<string>;
  /** The id of the key that new values of a column are sealed under. */
  keyIdFor(column: Column): string;
  /** The id of the key a value is sealed under. @throws VaultError when it is no sealed value. */
  keyIdOf(sealed: Uint8Array): string;
  /** HMAC-SHA-256 under a key of its own: equal texts of one domain have equal indexes. */
  index(domain: string, text: string): Promise<Uint8Array>;
}

/** Says why a value does not open; never what is in it. */
export class VaultError extends Error {
  override name = "VaultError";
}

/** Secrets of at least 32 characters, as the configuration has checked. */
export interface VaultSecrets {
  current: string;
  /** Seals phone numbers; without it `current` does. */
  phone?: string;
  /** Open what they once sealed, and seal nothing. */
  old: readonly string[];
  /** Keyed hashes; must outlive a change of the others. */
  index: string;
}
