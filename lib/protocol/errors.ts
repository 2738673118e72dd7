/**
 * Every error code that leaves the server, on REST and on the socket, with its HTTP status and its default words.
 * The one table: nothing else chooses a status for a code.
 */
export const ERRORS = {
  BAD_REQUEST: [400, "That request could not be read."],
  VALIDATION_FAILED: [400, "Some of what you sent needs another look."],
  INVALID_NICKNAME: [400, "A nickname has 2 to 20 letters, digits, spaces, dots, dashes or underscores."],
  UNAUTHENTICATED: [401, "Please come in first."],
  INVALID_SESSION: [401, "Your session is not known here. Please come in again."],
  INVALID_CREDENTIALS: [401, "That address or password is not right."],
  INVALID_CODE: [400, "That code is not right, or it is too old. Ask for a new one."],
  SECOND_FACTOR_FAILED: [401, "That code is not right. Codes change every 30 seconds."],
  PASSKEY_FAILED: [401, "That passkey was not accepted. Try again, or come in another way."],
  AGE_RESTRICTED: [403, "Parley is for people of 18 and older."],
  USERNAME_TAKEN: [409, "Somebody has that username already."],
  CONTACT_TAKEN: [409, "That address or number cannot be used."],
  SESSION_EXPIRED: [401, "Your session has ended. Please come in again."],
  INVALID_TICKET: [401, "That ticket is not valid any more. Ask for a new one."],
  FORBIDDEN: [403, "You may not do that here."],
  CSRF_FAILED: [403, "This form has grown old. Load the page again and send it once more."],
  ORIGIN_NOT_ALLOWED: [403, "Requests from that site are not accepted."],
  NOT_FOUND: [404, "There is nothing at this address."],
  ROOM_NOT_FOUND: [404, "There is no such room."],
  ROOM_EXPIRED: [410, "This room's time is over. All that was said in it is gone."],
  ROOM_INACTIVE: [410, "This room is closed."],
  ROOM_FULL: [403, "This room is full. Try again when somebody has left."],
  NOT_A_MEMBER: [403, "That takes being a member of this room."],
  WRONG_PASSWORD: [403, "That is not this room's password."],
  SLUG_TAKEN: [409, "Another room has that address already."],
  INVITE_NOT_FOUND: [404, "This invite link is not known. Ask for a new one."],
  INVITE_EXPIRED: [410, "This invite link is used up or too old. Ask for a new one."],
  MESSAGE_NOT_FOUND: [404, "There is no such message."],
  METHOD_NOT_ALLOWED: [405, "This address does not answer that kind of request."],
  UPLOAD_BUSY: [409, "That file is being worked on already. Ask again in a moment."],
  NICKNAME_IN_USE: [409, "Somebody here already has that name."],
  PAYLOAD_TOO_LARGE: [413, "That is more than can be taken at once."],
  UPGRADE_REQUIRED: [426, "This address speaks WebSocket."],
  RATE_LIMIT_EXCEEDED: [429, "That was a little fast. Try again in a moment."],
  TOO_MANY_CONNECTIONS: [429, "You have too many open connections. Close a tab and try again."],
  INTERNAL: [500, "Something broke on our side. Your words are kept; please try again."],
  UNAVAILABLE: [503, "The server cannot save right now. It will be tried again."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type ErrorCode = keyof typeof ERRORS;

/** What every failed JSON answer holds beside `"success": false`. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  /** Field → what is wrong with it. */
  fields?: Record<string, string>;
  /** Seconds. */
  retryAfter?: number;
}

/** WebSocket close codes of our own (4000–4999 is the private range of RFC 6455, 7.4.2). */
export const CLOSE = {
  badFrame: 4000,
  sessionEnded: 4001,
  slowReader: 4008,
  /** No frame came for long, not even a heartbeat. */
  silent: 4009,
  tooFast: 4029,
  /** RFC 6455's own: the server restarts, come back. */
  restart: 1012,
  tooBig: 1009,
} as const;
