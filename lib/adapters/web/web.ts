/** Other people's web servers, asked without reaching what is not public and without taking more than was meant. */
export interface Web {
  /**
   * The one form of an address that may be asked for; `null` for all others (see `webUrl`).
   * @param base what a relative address is relative to
   */
  urlOf(text: string, base?: URL): URL | null;
  /**
   * Asks for what stands at an address, following redirects, and hands the answer over. The connection ends with `read`.
   * @throws WebRefusal
   */
  get<Value>(url: URL, ask: WebAsk, read: (answer: WebAnswer) => Promise<Value>): Promise<Value>;
}

export interface WebAsk {
  /** MIME types that are taken, such as `text/html`. */
  types: readonly string[];
  /** Of a body, as it travels and unpacked alike. */
  bytesMax: number;
  /** Ends everything, wherever it stands. */
  until: AbortSignal;
  /** Called before each hop with where it leads; what it throws ends the way. */
  visiting?(url: URL): void | Promise<void>;
}

export interface WebAnswer {
  /** Where the redirects led. */
  url: URL;
  /** MIME type in small letters, without parameters. */
  type: string;
  /** As the server names it. */
  charset?: string;
  /** In bytes, when the server says so. */
  length?: number;
  /**
   * The body, unpacked, piece by piece; reading on is what fetches more. To be read once.
   * @throws WebRefusal `too-large` when there is more than was asked for, `too-slow`, `broken`
   */
  body: AsyncIterable<Uint8Array>;
}

/**
 * - `private`: the name leads, even in part, to an address that is not public
 * - `unreachable`: no such name, nobody answers there, or the certificate is not theirs
 * - `address`: not an address we ask, such as a redirect to `file:`
 */
export type RefusalReason =
  | "address"
  | "private"
  | "unreachable"
  | "redirects"
  | "status"
  | "type"
  | "encoding"
  | "too-large"
  | "too-slow"
  | "broken";

/** Tells a {@link WebRefusal} across bundles: the built pages hold their own copy of this class. */
const BRAND = Symbol.for("parley.web-refusal");

/** Why nothing was taken. Says nothing of the address. */
export class WebRefusal extends Error {
  override name = "WebRefusal";
  readonly [BRAND] = true;

  constructor(readonly reason: RefusalReason, options: { cause?: unknown } = {}) {
    super(`nothing was taken: ${reason}`, options);
  }
}

export function isWebRefusal(error: unknown): error is WebRefusal {
  return typeof error === "object" && error !== null && BRAND in error;
}
