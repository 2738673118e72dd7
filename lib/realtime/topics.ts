/** What the doorbell rings for: a kind, and whose. */
export const ROOM = "room:";
export const SESSION = "session:";
export const READER = "reader:";
export const RIGHT = "right:";
export const MINE = "mine:";
export const HERE = "here:";
export const TYPING = "typing:";
/** An isolate that has just begun. */
export const ISOLATE = "isolate:";
