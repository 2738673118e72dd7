import { useLayoutEffect, useState } from "preact/hooks";

interface Source<Value> {
  /** Hears every change. @returns a call that ends it */
  subscribe(listener: (value: Value) => void): () => void;
}

/**
 * What `source` says now, drawn again at each change; while there is no source, what `first` said at the first drawing.
 * @param read gets the source's value; the same one as long as nothing has changed
 */
export function useLatest<From extends Source<Value>, Value>(
  source: From | null | undefined,
  read: (source: From) => Value,
  first: () => Value,
): Value {
  const [value, draw] = useState(first);
  // Before the browser takes the next key or click: what is typed meanwhile would be lost.
  useLayoutEffect(() => source?.subscribe((next) => draw(() => next)), [source]);
  return source ? read(source) : value;
}
