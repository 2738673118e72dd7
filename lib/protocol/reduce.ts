/**
 * How a room's state follows its events. Pure, and the same code in the browser and in the server's tests, which hold
 * "an older state + events" against "a fresh fetch".
 */
import {
  type DurableEvent,
  isDurable,
  type MessageChange,
  type Moderation,
  type Presence,
  type RoomChanged,
  type RoomClosed,
  type RoomEvent,
  type RoomJoined,
  type RoomLeft,
  type RoomTtlWarning,
  type Typing,
} from "./events.ts";
import type { UserId } from "./ids.ts";
import { PEOPLE_SHOWN, RESUME_MAX_EVENTS, TYPING_SECONDS } from "./limits.ts";
import type { Message, Person } from "./types.ts";
import { amend, fromSnapshot, type RoomState } from "./room_state.ts";

/** What changes a room's state. `resumed` is not among them: it announces, the events after it do the work. */
export type StateEvent =
  | RoomEvent
  | RoomJoined
  | RoomLeft
  | RoomClosed
  | RoomTtlWarning
  | RoomChanged
  | Moderation;

/**
 * The state after `event`. A durable event at or below `headSeq` is a duplicate and gives back the same reference,
 * as does an event of another room; one past `headSeq + 1` is not applied but remembered as a gap (`hasGap`): the
 * caller joins again with `afterSeq: headSeq` and gets what is missing.
 *
 * @param now milliseconds of the caller's clock; used for typing alone
 */
export function applyEvent(state: RoomState, event: StateEvent, now = 0): RoomState {
  if (event.roomId !== state.roomId) return state;
  if (isDurable(event)) return applyDurable(state, event);
  switch (event.type) {
    case "room_joined":
      return applyJoined(state, event);
    case "user_joined":
      return withPerson(state, event.user);
    case "user_left":
      return withoutPerson(state, event.userId);
    case "presence":
      return applyPresence(state, event);
    case "typing":
      return applyTyping(state, event, now);
    case "read":
      return event.seq > state.readSeq ? { ...state, readSeq: event.seq } : state;
    case "room_closed":
      return { ...state, closed: event.reason };
    case "room_left":
      return { ...state, closed: state.closed ?? event.reason ?? "You are not in this room any more." };
    case "room_changed":
      return { ...state, room: event.room };
    case "moderation":
      return { ...state, closed: decided(event) };
    case "room_ttl_warning":
      return { ...state, endsSoon: event.endsAt };
    default:
      return state;
  }
}

function applyDurable(state: RoomState, event: DurableEvent): RoomState {
  if (event.seq <= state.headSeq) return state;
  const ahead = Math.max(state.ahead, event.seq);
  if (event.seq > state.headSeq + 1) return ahead === state.ahead ? state : { ...state, ahead };
  const next = { ...state, headSeq: event.seq, ahead };
  if (event.type === "new_message") return appended(next, event.message);
  const messages = amended(state.messages, event);
  if (messages) return { ...next, messages };
  const past = state.past && amended(state.past.messages, event);
  if (past) return { ...next, past: { ...state.past!, messages: past } };
  return { ...next, late: [...state.late, event].slice(-RESUME_MAX_EVENTS) };
}

/** With the message changed as the event says; null when it is not among them. */
function amended(messages: readonly Message[], event: MessageChange): Message[] | null {
  const at = messages.findLastIndex((message) => message.id === event.messageId);
  return at < 0 ? null : messages.with(at, amend(messages[at]!, event));
}

/** Who has spoken has stopped typing. */
function appended(state: RoomState, message: Message): RoomState {
  return { ...withoutTypist(state, message.author?.id), messages: [...state.messages, message] };
}

/**
 * After a resume the events have said everything but who is here. Otherwise the snapshot replaces the state, even by
 * a lower head (a database restored from its backup): the server is the authority. A live event that came before the
 * snapshot and lies past it was not applied, so it stays a gap.
 */
function applyJoined(state: RoomState, event: RoomJoined): RoomState {
  if (!event.resumed) {
    const ahead = event.headSeq < state.headSeq ? event.headSeq : Math.max(state.ahead, event.headSeq);
    return { ...fromSnapshot(event), typing: state.typing, endsSoon: state.endsSoon, ahead };
  }
  return {
    ...state,
    room: event.room,
    readSeq: Math.max(state.readSeq, event.readSeq),
    people: event.members,
    online: event.presence.online,
    ahead: Math.max(state.ahead, event.headSeq),
    closed: null,
  };
}

/** What was decided about me, and why. */
function decided({ action, reason }: Moderation): string {
  const what = action === "BAN" ? "You are banned from this room." : "You were sent out of this room.";
  return reason ? `${what} ${reason}` : what;
}

function withPerson(state: RoomState, person: Person): RoomState {
  const at = state.people.findIndex((other) => other.id === person.id);
  if (at >= 0) return { ...state, people: state.people.with(at, person) };
  if (state.people.length >= PEOPLE_SHOWN) return state;
  const people = [...state.people, person];
  return { ...state, people, online: Math.max(state.online, people.length) };
}

/** The count follows only when everybody is in the list: past `PEOPLE_SHOWN` the next `presence` says it. */
function withoutPerson(state: RoomState, id: UserId): RoomState {
  const people = state.people.filter((person) => person.id !== id);
  const rest = withoutTypist(state, id);
  if (people.length === state.people.length) return rest;
  const online = state.online === state.people.length ? people.length : state.online;
  return { ...rest, people, online };
}

function applyPresence(state: RoomState, event: Presence): RoomState {
  let next = state;
  for (const person of event.changes ?? []) {
    next = person.state === "offline" ? withoutPerson(next, person.id) : withPerson(next, person);
  }
  return { ...next, online: event.online };
}

/** Renewing keeps one's place in the line, so that names do not jump about. */
function applyTyping(state: RoomState, event: Typing, now: number): RoomState {
  if (!event.on) return withoutTypist(state, event.user.id);
  const typist = { user: event.user, until: now + TYPING_SECONDS * 1000 };
  const at = state.typing.findIndex((other) => other.user.id === event.user.id);
  return { ...state, typing: at < 0 ? [...state.typing, typist] : state.typing.with(at, typist) };
}

function withoutTypist(state: RoomState, id: UserId | undefined): RoomState {
  if (!state.typing.some((typist) => typist.user.id === id)) return state;
  return { ...state, typing: state.typing.filter((typist) => typist.user.id !== id) };
}
