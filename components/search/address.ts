import type { SearchSort } from "../../lib/protocol/forms/search.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { SEARCH_HREF } from "../links.ts";

export interface SearchAddress {
  q: string;
  sort: SearchSort;
  /** In this room alone. */
  room?: RoomId;
  cursor?: string;
}

/** A search's page. */
export function searchHref({ q, sort, room, cursor }: SearchAddress): string {
  const query = new URLSearchParams({
    ...(q && { q }),
    ...(sort !== "new" && { sort }),
    ...(room && { room }),
    ...(cursor && { cursor }),
  });
  return query.size > 0 ? `${SEARCH_HREF}?${query}` : SEARCH_HREF;
}

/** Whether a filter stands in a query as a word of its own. */
export function hasFilter(q: string, filter: string): boolean {
  return q.toLowerCase().split(/\s+/).includes(filter);
}

/** The query with this filter, or without it where it was there. */
export function toggled(q: string, filter: string): string {
  if (!hasFilter(q, filter)) return `${q.trim()} ${filter}`.trim();
  return q.split(/\s+/).filter((word) => word.toLowerCase() !== filter).join(" ").trim();
}
