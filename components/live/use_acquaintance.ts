import { useCallback, useMemo, useRef } from "preact/hooks";
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Person, Viewer } from "../../lib/protocol/types.ts";
import { type Acquaintance, acquainted, firstAcquaintance } from "../room/acquaintance.ts";
import type { RoomPageProps, ViewMessage } from "../room/props.ts";

type Page = Pick<RoomPageProps, "known" | "rooms" | "lounges"> & { viewer: Viewer };

/** Whom and what messages may name, as far as this page has met them. `nameOf` is the same function at every drawing. */
export function useAcquaintance(
  { known, rooms, lounges, viewer }: Page,
  messages: readonly Pick<ViewMessage, "author">[],
  here: readonly Person[],
) {
  const kept = useRef<Acquaintance>();
  kept.current ??= acquainted(
    firstAcquaintance({ known, rooms, lounges, me: viewer.username }),
    [{ author: viewer }],
    [],
  );
  useMemo(() => kept.current = acquainted(kept.current!, messages, here), [messages, here]);
  const nameOf = useCallback((id: UserId) => kept.current!.names.get(id), []);
  return { known: kept.current.known, nameOf };
}
