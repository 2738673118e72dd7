/** Sizes and waits that server and browser must agree on. */
export const MESSAGE_MAX_CHARACTERS = 2000;
export const FRAME_MAX_BYTES = 16 * 1024;
export const HISTORY_PAGE = 50;
/** A resume over more events than this, or older than this, gets a fresh page instead. */
export const RESUME_MAX_EVENTS = 500;
export const RESUME_MAX_DAYS = 7;
export const HEARTBEAT_SECONDS = 25;
export const TYPING_SECONDS = 5;
/** People named in a room's list; past that only the count grows. */
export const PEOPLE_SHOWN = 200;
export const NICKNAME_MIN = 2;
export const NICKNAME_MAX = 20;
/** Ghosts in a room that did not say how many it holds, and bounds for those that do. */
export const GHOST_CAPACITY = { default: 50, min: 2, max: 200 } as const;
export const GHOST_TTL_HOURS = { default: 24, min: 1, max: 168 } as const;
/** Seconds before a ghost room's end at which those in it are told. */
export const TTL_WARNINGS = [600, 60] as const;
/** Seconds after their last sign of life in which ghosts keep their place and nickname. */
export const GHOST_PLACE_SECONDS = 30;
/** Sealed text is longer than what it holds: padding, base64, and up to four bytes a character. */
export const SEALED_MAX_CHARACTERS = 12_000;
export const ATTACHMENTS_MAX = 4;
export const FILE_MAX_BYTES = 10 * 1024 * 1024;
/** Different emoji under one message. */
export const REACTIONS_MAX = 20;
/** Pinned messages of a room. */
export const PINS_MAX = 50;
/** People in a direct room. */
export const DIRECT_MAX = 8;
/** Links of one message that get a preview: the first ones. */
export const PREVIEWS_A_MESSAGE = 3;
/** People named in one message. */
export const MENTIONS_MAX = 20;
