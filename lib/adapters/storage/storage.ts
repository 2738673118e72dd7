/** Files that people gave us or asked for, by key. */
export interface Storage {
  /**
   * Keeps a file, in place of one of the same key.
   * @param key names of letters, digits, `.`, `_` and `-`, parted by `/`; none begins with a dot.
   * @param type MIME type, found from the content and not from what somebody said.
   */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>;
  /** `null` when there is none. */
  get(key: string): Promise<StoredFile | null>;
  /** Harmless when there is none. */
  remove(key: string): Promise<void>;
  /** Removes every file whose key begins with `folder/`, and what was being written there. Harmless when there is none. */
  removeFolder(folder: string): Promise<void>;
}

export interface StoredFile {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
}
