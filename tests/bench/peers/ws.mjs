/** Node with `ws`: `node ws.mjs <port> <database> <connections>`. */
import { WebSocketServer } from "ws";
import { openRooms, Refusal, userOf } from "./rooms.mjs";

const [port, databaseUrl, connections] = process.argv.slice(2);
const rooms = await openRooms(databaseUrl, "bench_node_ws", Number(connections));
/** Room → the sockets that are sent what is said in it. */
const listeners = new Map();

new WebSocketServer({
  host: "127.0.0.1",
  port: Number(port),
  perMessageDeflate: false,
  clientTracking: false,
})
  .on("connection", (socket, request) => {
    const user = userOf(new URL(request.url, "http://localhost").searchParams);
    const joined = new Set();
    socket.on("message", (data) => {
      const frame = JSON.parse(data);
      handle(socket, user, joined, frame).catch((error) => {
        if (!(error instanceof Refusal)) console.error(error);
        socket.send(JSON.stringify({ type: "error", clientId: frame.clientId, message: error.message }));
      });
    });
    socket.on("close", () => {
      for (const roomId of joined) listeners.get(roomId)?.delete(socket);
    });
  });

async function handle(socket, user, joined, frame) {
  const { roomId } = frame;
  if (frame.type === "join_room") {
    await rooms.checkRight(user, roomId);
    joined.add(roomId);
    if (frame.listen) {
      if (!listeners.has(roomId)) listeners.set(roomId, new Set());
      listeners.get(roomId).add(socket);
    }
    socket.send(JSON.stringify({ type: "room_joined", roomId }));
  } else if (frame.type === "send_message") {
    const message = await rooms.keep(user, joined, frame);
    const { id, seq, clientId, createdAt } = message;
    socket.send(JSON.stringify({ type: "ack", clientId, messageId: id, seq, createdAt }));
    broadcast(roomId, { type: "new_message", roomId, seq, message });
  }
}

/** One text for all, made and encoded once. */
function broadcast(roomId, event) {
  const data = Buffer.from(JSON.stringify(event));
  for (const socket of listeners.get(roomId) ?? []) {
    if (socket.readyState === socket.OPEN) socket.send(data, { binary: false });
  }
}
