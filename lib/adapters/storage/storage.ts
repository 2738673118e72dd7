/** Files that people gave us or asked for, by key. */
export interface Storage {
  /**
   * Keeps a file, in place of one of the same key.
   * @param key names of letters, digits, `.`, `_` and `-`, parted by `/`; none begins with a dot.
   * @param type MIME type, found from the content and not from what somebody said.
   */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>;
  /**
   * As {@link put}, for bytes that come piece by piece and are never held all at once.
   * @param size of all of them; when the stream breaks off or throws, nothing is kept and what it threw is thrown
   */
  putStream(
    key: string,
    bytes: ReadableStream<Uint8Array>,
    file: { size: number; type: string },
  ): Promise<void>;
  /** `null` when there is none. */
  get(key: string): Promise<StoredFile | null>;
  /** As {@link get}, piece by piece; whoever opens it reads it to its end or cancels it. */
  open(key: string, range?: ByteRange): Promise<OpenFile | null>;
  /** Harmless when there is none. */
  remove(key: string): Promise<void>;
  /** Removes every file whose key begins with `folder/`, and what was being written there. Harmless when there is none. */
  removeFolder(folder: string): Promise<void>;
}

export interface StoredFile {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
}

export interface OpenFile {
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>;
  type: string;
}

/** Both ends belong to it, counted from 0; within the file. */
export interface ByteRange {
  first: number;
  last: number;
}

const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** Neither leads upwards nor needs escaping anywhere. @throws TypeError */
export function demandKey(key: string): void {
  if (!KEY.test(key)) throw new TypeError(`not a storage key: ${key}`);
}
