/** Bytes in which a page has to name its charset (HTML, 4.2.5.4). */
const PRESCAN = 1024;
const MARKS: [charset: string, mark: number[]][] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16be", [0xfe, 0xff]],
  ["utf-16le", [0xff, 0xfe]],
];

/** Turns a page's bytes into text as they come. */
export interface PageDecoder {
  decode(bytes: Uint8Array): string;
  /** What is left at the end. */
  end(): string;
}

/**
 * The charset is what the byte order mark says, else the server, else the page's own `<meta>`, else UTF-8; what it
 * is not known by a name we have is UTF-8 too.
 */
export function createPageDecoder(named?: string): PageDecoder {
  let decoder: TextDecoder | undefined;
  let held = new Uint8Array();

  function decodeHeld(): string {
    decoder = decoderFor(markOf(held) ?? named ?? metaOf(held));
    return decoder.decode(held, { stream: true });
  }

  return {
    decode(bytes) {
      if (decoder) return decoder.decode(bytes, { stream: true });
      held = concat(held, bytes);
      return held.length < PRESCAN ? "" : decodeHeld();
    },
    end: () => (decoder ? "" : decodeHeld()) + decoder!.decode(),
  };
}

function decoderFor(charset = "utf-8"): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

function markOf(bytes: Uint8Array): string | undefined {
  return MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
}

/** A page whose `<meta>` could be read byte by byte is not in UTF-16, whatever it says. */
function metaOf(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, PRESCAN));
  const charset = /<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(text)?.[1];
  return charset && /^utf-?16/i.test(charset) ? undefined : charset;
}

function concat(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
