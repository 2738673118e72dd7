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
