/** Node with Socket.IO and its Redis adapter: `node socket_io.mjs <port> <database> <connections> <redis>`. */
import { createAdapter } from "@socket.io/redis-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";
import { openRooms, Refusal, userOf } from "./rooms.mjs";

const [port, databaseUrl, connections, redisUrl] = process.argv.slice(2);
const rooms = await openRooms(databaseUrl, "bench_socket_io", Number(connections));
const publisher = createClient({ url: redisUrl });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

// Its adapter keeps the rooms of listeners and encodes a packet once for all of them.
const io = new Server({
  adapter: createAdapter(publisher, subscriber),
  transports: ["websocket"],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
});

io.on("connection", (socket) => {
  const user = userOf(new URLSearchParams(socket.handshake.query));
  const joined = new Set();
  socket.on(
    "join_room",
    answering(async ({ roomId, listen }) => {
      await rooms.checkRight(user, roomId);
      joined.add(roomId);
      if (listen) await socket.join(roomId);
      return { type: "room_joined", roomId };
    }),
  );
  socket.on("send_message", async (frame, answer) => {
    const message = await answering(() => rooms.keep(user, joined, frame))(frame, () => {});
    if (message.error) return answer(message);
    const { id, seq, clientId, createdAt } = message;
    answer({ clientId, messageId: id, seq, createdAt });
    io.to(frame.roomId).emit("new_message", { roomId: frame.roomId, seq, message });
  });
});
io.listen(Number(port));

/** Does what a frame asks, and answers; refusals too. */
function answering(work) {
  return async (frame, answer) => {
    const result = await work(frame).catch((error) => {
      if (!(error instanceof Refusal)) console.error(error);
      return { error: error.message };
    });
    answer(result);
    return result;
  };
}
