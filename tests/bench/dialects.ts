/** How each contestant's frames are written. What they answer is told apart by the same marks for all of them. */
import type { SendText } from "./frames.ts";

/** Stands once in the answer to each send that was kept, and nowhere else. */
export const ACK = '"messageId":';
/** Stands once in each message that a listener is sent. */
export const MESSAGE = '"body":';
export const REFUSAL = '"error"';

export interface Dialect {
  /** Asks for a room. @param listen for what is said there too */
  join(roomId: string, listen: boolean): string;
  /** Stands in the answer to {@link join}. */
  joined: string;
  send(send: SendText): string;
}

/** Objects with a type, each a frame. */
export const plain: Dialect = {
  join: (roomId, listen) => JSON.stringify({ type: "join_room", roomId, listen }),
  joined: '"type":"room_joined"',
  send: ({ roomId, clientId, body }) => JSON.stringify({ type: "send_message", clientId, roomId, body }),
};

/** The product's: who listens has joined; who only sends has not. */
export const parleys: Dialect = {
  ...plain,
  join: (roomId) => JSON.stringify({ type: "join_room", id: "join", roomId }),
};

/** Engine.IO 4 and Socket.IO 5 over WebSocket alone: packets of events (42) with the number of the answer (43) wanted. */
export const socketIo: Dialect = {
  join: (roomId, listen) => `420${JSON.stringify(["join_room", { roomId, listen }])}`,
  joined: '"type":"room_joined"',
  send: ({ number, roomId, clientId, body }) =>
    `42${number}${JSON.stringify(["send_message", { clientId, roomId, body }])}`,
};
