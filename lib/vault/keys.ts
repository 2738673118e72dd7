/** A key of the ring, derived from one secret of the configuration. */
export interface SealingKey {
  /** Names the key without telling of it; stands before each value that it sealed. */
  id: string;
  aes: CryptoKey;
}

const ID_BYTES = 6;

/**
 * What a secret becomes. HKDF (RFC 5869) gives each use a key of its own: nothing learnt from one helps with another.
 *
 * @param label the use; part of what makes the key, so it never changes.
 */
async function derive(secret: string, label: string, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, [
    "deriveBits",
  ]);
  // The secrets are random already, so no salt is needed (RFC 5869, 3.1).
  const algorithm = {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: encoder.encode(`parley ${label} v1`),
  };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, material, bytes * 8));
}

export async function sealingKey(secret: string): Promise<SealingKey> {
  const id = (await derive(secret, "key id", ID_BYTES)).toHex();
  const raw = await derive(secret, "sealing", 32);
  return { id, aes: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]) };
}

export async function indexKey(secret: string): Promise<CryptoKey> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  return await crypto.subtle.importKey("raw", await derive(secret, "index", 32), hmac, false, ["sign"]);
}
