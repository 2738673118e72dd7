/** A room with a secret in it, and those who want to hear it. */
import { expect } from "expect";
import type { ClientFrameInput } from "../../../lib/protocol/frames.ts";
import type { RoomId } from "../../../lib/protocol/ids.ts";
import type { RoomInfo } from "../../../lib/protocol/types.ts";
import { type Member, member } from "../../support/member.ts";
import type { Node } from "../../support/node.ts";
import { type Bearer, bearerFetch } from "../../support/rooms.ts";
import { connect, openSocket, type TestSocket } from "../../support/socket.ts";
import { dataOf } from "../../support/visitor.ts";
import { act, join, slugRoom } from "../slug.ts";

export const SECRET = "the lighthouse keeper sleeps";

export interface Den {
  here: Node;
  there: Node;
  owner: Member;
  /** Has left the den. */
  former: Member;
  /** Was never in it. */
  mallory: Member;
  room: RoomInfo & { slug: string };
  /** Mallory's own. */
  other: RoomInfo & { slug: string };
}

/** A room by invite only in which the secret is the first thing that people said: its seq is 2. */
export async function makeDen(nodes: Node[]): Promise<Den> {
  const [here, there] = nodes as [Node, Node];
  const [owner, former, mallory] = [await member(here), await member(here), await member(here)];
  const room = await slugRoom(here, owner, { name: "The den" });
  await join(here, room, former);
  await say(here, owner, room.id, SECRET);
  await say(here, former, room.id, "my own words");
  await dataOf(await act(here, former, room, "leave"));
  const change = { method: "PATCH", body: { visibility: "invite" } };
  await dataOf(await bearerFetch(here, owner, `/api/rooms/slug/${room.id}/settings`, change));
  const other = await slugRoom(here, mallory, { name: "Quarry" });
  return { here, there, owner, former, mallory, room, other };
}

export async function say(node: Node, who: Member, roomId: RoomId, body: string): Promise<number> {
  return await withSocket(node, who, async (socket) => (await socket.say(roomId, body)).seq);
}

export async function withSocket<Result>(
  node: Node,
  who: Parameters<typeof connect>[1],
  use: (socket: TestSocket) => Promise<Result>,
): Promise<Result> {
  const socket = await connect(node, who);
  try {
    return await use(socket);
  } finally {
    await socket.close();
  }
}

/** The answers to these frames; nothing that came with them may hold the secret. */
export async function codesOf(node: Node, who: Member, frames: ClientFrameInput[]): Promise<string[]> {
  return await withSocket(node, who, async (socket) => {
    const codes: string[] = [];
    for (const frame of frames) {
      const answer = await socket.request(frame);
      codes.push(answer.type === "error" ? answer.code : "done");
    }
    expect(JSON.stringify(socket.events)).not.toContain(SECRET);
    return codes;
  });
}

/** What is answered at these addresses must not hold the secret. @returns the statuses */
export async function statusesOf(node: Node, who: Bearer | null, paths: string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const path of paths) {
    const answer = await bearerFetch(node, who, path, { method: "GET" });
    expect([path, (await answer.text()).includes(SECRET)]).toEqual([path, false]);
    statuses.push(answer.status);
  }
  return statuses;
}

export const FRAME = (
  more: Partial<Extract<ClientFrameInput, { type: "send_message" }>> & { roomId: RoomId },
) => (
  { type: "send_message", clientId: crypto.randomUUID(), body: "hello", ...more } as const
);

/** A room of their own. */
export async function quay(node: Node, who: Member): Promise<RoomInfo> {
  return await slugRoom(node, who, { name: "Quay" });
}

/** A ghost's socket, by their session token. */
export async function ghostSocket(
  node: Node,
  ghost: Bearer,
  use: (socket: TestSocket) => Promise<void>,
): Promise<void> {
  const { token } = await dataOf<{ token: string }>(await bearerFetch(node, ghost, "/api/auth/ws-token"));
  const socket = openSocket(node, ["parley.v1", `ticket.${token}`]);
  await socket.take("welcome");
  await use(socket);
  await socket.close();
}
