/**
 * A bare Deno WebSocket server: passes each message on to all who joined, in frames like the product's (an array of
 * events of the same size, encoded once, gathered for as long). No rights, no limits, no database, no log.
 */
import type { NewMessage } from "../../lib/protocol/events.ts";
import { messageIdOf, type RoomId, type UserId } from "../../lib/protocol/ids.ts";
import { GATHER } from "../../lib/realtime/channel.ts";

const joined = new Set<WebSocket>();
const author = { id: "1000" as UserId, name: "Guest 1000" };
let gathered: NewMessage[] = [];
let flushing = false;
let lastFlush = 0;
let seq = 10_000;

Deno.serve({ port: Number(Deno.args[0]), hostname: "127.0.0.1", onListen() {} }, (req) => {
  const { socket, response } = Deno.upgradeWebSocket(req, { protocol: "parley.v1", idleTimeout: 0 });
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.type === "send_message") pass(frame);
    else {
      joined.add(socket);
      socket.send('[{"type":"room_joined"}]');
    }
  };
  socket.onclose = () => joined.delete(socket);
  return response;
});

function pass({ roomId, clientId, body }: { roomId: RoomId; clientId: string; body: string }): void {
  const [id, createdAt] = [messageIdOf(roomId, ++seq), new Date().toISOString()];
  const message = { id, seq, clientId, kind: "TEXT" as const, body, author, createdAt, attachments: [] };
  gathered.push({ type: "new_message", roomId, seq, message });
  if (flushing) return;
  if (performance.now() - lastFlush >= GATHER) return flush();
  flushing = true;
  setTimeout(flush, GATHER);
}

function flush(): void {
  flushing = false;
  lastFlush = performance.now();
  const frame = JSON.stringify(gathered);
  gathered = [];
  for (const socket of joined) if (socket.readyState === WebSocket.OPEN) socket.send(frame);
}
