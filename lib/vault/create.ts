import { indexKey, type SealingKey, sealingKey } from "./keys.ts";
import { type Column, type Place, type Vault, VaultError, type VaultSecrets } from "./vault.ts";

/** Bytes; what GCM is made for (NIST SP 800-38D, 5.2.1.1). Random: good for 2^32 values under one key. */
const NONCE = 12;

/** The vault over these secrets. Any key of the ring opens; each column has one that seals. */
export async function createVault(secrets: VaultSecrets): Promise<Vault> {
  const [current, phone, ...old] = await Promise.all(
    [secrets.current, secrets.phone ?? secrets.current, ...secrets.old].map(sealingKey),
  );
  const ring = new Map([...old, phone!, current!].map((key) => [key.id, key]));
  const hmac = await indexKey(secrets.index);
  const keyFor = ({ table, column }: Column) =>
    table === "users" && column === "phone_sealed" ? phone! : current!;

  return {
    async seal(place, text) {
      const key = keyFor(place);
      const id = encode(key.id);
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
      const sealed = await crypto.subtle.encrypt(gcm(nonce, place, key), key.aes, encode(text));
      return joined(Uint8Array.of(id.length), id, nonce, new Uint8Array(sealed));
    },
    async open(place, sealed) {
      const { keyId, nonce, ciphertext } = parse(sealed);
      const key = ring.get(keyId);
      if (!key) {
        throw new VaultError(`${nameOf(place)} is sealed under key ${keyId}, which is not in the ring`);
      }
      try {
        return new TextDecoder().decode(
          await crypto.subtle.decrypt(gcm(nonce, place, key), key.aes, ciphertext),
        );
      } catch (cause) {
        throw new VaultError(`${nameOf(place)} was changed, or was sealed for another place`, { cause });
      }
    },
    keyIdFor: (column) => keyFor(column).id,
    keyIdOf: (sealed) => parse(sealed).keyId,
    async index(domain, text) {
      return new Uint8Array(await crypto.subtle.sign("HMAC", hmac, encode(JSON.stringify([domain, text]))));
    },
  };
}

/** What is authenticated beside the text. As a JSON array, so that no two places read the same. */
function gcm(iv: BufferSource, { table, column, row }: Place, { id }: SealingKey): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: encode(JSON.stringify([table, column, row, id])) };
}

function parse(sealed: Uint8Array) {
  // Postgres hands out views of larger buffers; a copy is what WebCrypto's types ask for.
  const bytes = new Uint8Array(sealed);
  const idEnd = 1 + (bytes[0] ?? 0);
  if (bytes.length < idEnd + NONCE) throw new VaultError("that is no sealed value");
  return {
    keyId: new TextDecoder().decode(bytes.subarray(1, idEnd)),
    nonce: bytes.subarray(idEnd, idEnd + NONCE),
    ciphertext: bytes.subarray(idEnd + NONCE),
  };
}

function nameOf({ table, column, row }: Place): string {
  return `${table}.${column} of row ${row}`;
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
