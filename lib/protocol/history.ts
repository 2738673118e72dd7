/** Pages of history, put before what the reader looks at and after it. Pure. */
import type { Message } from "./types.ts";
import type { HistoryPage } from "./types.ts";
import { amend, type Past, type RoomState } from "./room_state.ts";

/** What the reader looks at: the past, or what reaches to the head. */
export function shown(state: Pick<RoomState, "past" | "messages" | "hasOlder">): Past {
  return state.past ?? state;
}

/** As they read after the edits and deletions that overtook their page. */
function caughtUp(state: RoomState, messages: readonly Message[]): Message[] {
  return messages.map((message) =>
    state.late.reduce((m, event) => event.messageId === message.id ? amend(m, event) : m, message)
  );
}

/** Changes to messages that are in neither window, now that these have come in. */
function stillLate(state: RoomState, come: readonly Message[]): RoomState["late"] {
  const ids = new Set(come.map((message) => message.id));
  return state.late.filter((event) => !ids.has(event.messageId));
}

/**
 * Puts a page of older messages before the window. What the window holds already is skipped, so a page that comes
 * twice does no harm; edits and deletions that overtook the page are applied to it.
 */
export function prependHistory(state: RoomState, page: HistoryPage): RoomState {
  const window = shown(state);
  const first = window.messages[0]?.seq ?? Infinity;
  const older = caughtUp(
    state,
    page.messages.filter((message) => message.seq < first && message.seq <= state.headSeq),
  );
  const reachesWindow = older.length > 0 || page.messages.length === 0;
  const hasOlder = reachesWindow ? page.nextCursor !== null : window.hasOlder;
  if (older.length === 0 && hasOlder === window.hasOlder) return state;
  const grown = { messages: [...older, ...window.messages], hasOlder };
  const late = stillLate(state, older);
  return state.past ? { ...state, past: grown, late } : { ...state, ...grown, late };
}

/**
 * Puts a page of newer messages after the past; once that reaches the other window, the two are one. What is there
 * already is skipped.
 * @param page `nextCursor` leads to the page after it; `null` at the end of the room
 */
export function appendHistory(state: RoomState, page: HistoryPage): RoomState {
  const { past } = state;
  if (!past) return state;
  const last = past.messages.at(-1)?.seq ?? 0;
  const end = state.messages[0]?.seq ?? state.headSeq + 1;
  const newer = caughtUp(state, page.messages.filter(({ seq }) => seq > last && seq < end));
  const messages = [...past.messages, ...newer];
  const late = stillLate(state, newer);
  const met = page.nextCursor === null || Number(page.nextCursor) >= end - 1;
  return met
    ? { ...state, messages: [...messages, ...state.messages], hasOlder: past.hasOlder, past: null, late }
    : { ...state, past: { ...past, messages }, late };
}

/** Back to the newest messages. */
export function leavePast(state: RoomState): RoomState {
  return state.past ? { ...state, past: null } : state;
}
