/** A security key in software: makes passkeys and signs with them, by Web Authentication Level 3, section 6. */

/** What it reads of the options that the server gives. */
export interface CreationOptions {
  challenge: string;
  rp: { id: string };
  user: { id: string };
}

export interface RequestOptions {
  challenge: string;
  rpId: string;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

export class Authenticator {
  /** The credential's. */
  readonly id = crypto.getRandomValues(new Uint8Array(32));
  counter = 0;
  userHandle = "";
  /** What a key without finger or PIN does: `false`. */
  verifiesUser = true;
  #keys?: CryptoKeyPair;

  /** @param origin of the page that asks */
  constructor(public origin: string) {}

  /** `navigator.credentials.create()`, as JSON. */
  async create(options: CreationOptions) {
    this.#keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
      "sign",
      "verify",
    ]);
    this.userHandle = options.user.id;
    const point = new Uint8Array(await crypto.subtle.exportKey("raw", this.#keys.publicKey));
    const attested = joined(new Uint8Array(16), uint16(this.id.length), this.id, coseKey(point));
    const data = joined(await this.#authenticatorData(options.rp.id, ATTESTED), attested);
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: this.#clientData("webauthn.create", options.challenge),
        attestationObject: encode(attestationObject(data)),
        transports: ["usb"],
      },
    };
  }

  /** `navigator.credentials.get()`, as JSON. */
  async get(options: RequestOptions) {
    this.counter++;
    const data = await this.#authenticatorData(options.rpId);
    const clientDataJSON = this.#clientData("webauthn.get", options.challenge);
    const hash = await sha256(Uint8Array.fromBase64(clientDataJSON, { alphabet: "base64url" }));
    const ecdsa = { name: "ECDSA", hash: "SHA-256" };
    const signature = await crypto.subtle.sign(ecdsa, this.#keys!.privateKey, joined(data, hash));
    return {
      ...this.#credential(),
      response: {
        clientDataJSON,
        authenticatorData: encode(data),
        signature: encode(der(new Uint8Array(signature))),
        userHandle: this.userHandle,
      },
    };
  }

  #credential() {
    const id = encode(this.id);
    return {
      id,
      rawId: id,
      type: "public-key",
      clientExtensionResults: {},
      authenticatorAttachment: "cross-platform",
    };
  }

  #clientData(type: string, challenge: string): string {
    return encode(text(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false })));
  }

  async #authenticatorData(rpId: string, more = 0): Promise<Uint8Array<ArrayBuffer>> {
    const flags = USER_PRESENT | (this.verifiesUser ? USER_VERIFIED : 0) | more;
    const counter = new Uint8Array(4);
    new DataView(counter.buffer).setUint32(0, this.counter);
    return joined(await sha256(text(rpId)), Uint8Array.of(flags), counter);
  }
}

/** CBOR of `{1: 2, 3: -7, -1: 1, -2: x, -3: y}` (RFC 9053, 7.1): a P-256 key for ES256. */
function coseKey(point: Uint8Array): Uint8Array<ArrayBuffer> {
  const [x, y] = [point.subarray(1, 33), point.subarray(33, 65)];
  return joined(
    Uint8Array.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20),
    x,
    Uint8Array.of(0x22, 0x58, 0x20),
    y,
  );
}

/** CBOR of `{fmt: "none", attStmt: {}, authData}`. */
function attestationObject(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined(
    Uint8Array.of(0xa3, 0x63),
    text("fmt"),
    Uint8Array.of(0x64),
    text("none"),
    Uint8Array.of(0x67),
    text("attStmt"),
    Uint8Array.of(0xa0, 0x68),
    text("authData"),
    Uint8Array.of(0x59),
    uint16(data.length),
    data,
  );
}

/** ECDSA's two numbers as ASN.1, as WebAuthn has them. */
function der(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const number = (bytes: Uint8Array) => {
    const from = bytes.findIndex((byte) => byte !== 0);
    const digits = bytes.subarray(from);
    const positive = digits[0]! >= 0x80 ? joined(Uint8Array.of(0), digits) : joined(digits);
    return joined(Uint8Array.of(0x02, positive.length), positive);
  };
  const body = joined(number(raw.subarray(0, 32)), number(raw.subarray(32)));
  return joined(Uint8Array.of(0x30, body.length), body);
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function text(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(value);
}

function uint16(value: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function encode(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
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
