import type { VaultSecrets } from "../../lib/vault/vault.ts";

/** A secret as an operator makes one. */
export function randomSecret(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64();
}

export function randomSecrets(more: Partial<VaultSecrets> = {}): VaultSecrets {
  return { current: randomSecret(), old: [], index: randomSecret(), ...more };
}
