/** People of an encrypted room, who hold its key: what browsers do, done here. */
import { sealWords } from "../../lib/client/sealing/cipher.ts";
import { sealFile } from "../../lib/client/sealing/files.ts";
import { deriveKeys, keyCheckOf, newSecret, type RoomKeys } from "../../lib/client/sealing/key.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import type { Parley } from "../support/node.ts";
import { dataOf, type Place } from "../support/visitor.ts";
import { connectGhost, type Ghost, ghost, ghostRoom, type GhostSocket, upload } from "./people.ts";

export interface Insider {
  ghost: Ghost;
  socket: GhostSocket;
  keys: RoomKeys;
}

/** A room with these people in it, connected to one node after the other. */
export async function sealedRoom(
  { node, nodes }: Parley,
  names: string[],
): Promise<{ token: string; insiders: Insider[] }> {
  const secret = newSecret();
  const { token } = await ghostRoom(node, { encrypted: true, keyCheck: await keyCheckOf(secret) });
  const keys = await deriveKeys(secret, token);
  const insiders = await Promise.all(names.map(async (name, index) => {
    const who = await ghost(node, token, name);
    return { ghost: who, socket: await connectGhost(nodes[index % nodes.length]!, who), keys };
  }));
  return { token, insiders };
}

export function seal(
  { ghost: { nickname }, keys }: Insider,
  clientId: string,
  text: string,
): Promise<string> {
  return sealWords(keys, { clientId, author: nickname }, { text, files: [] });
}

/** @returns the message's id */
export async function say(who: Insider, text: string, attachments?: string[]): Promise<string> {
  const clientId = crypto.randomUUID();
  const body = await seal(who, clientId, text);
  const frame = { type: "send_message", roomId: who.socket.roomId, clientId, body } as const;
  return (await who.socket.done({ ...frame, ...(attachments && { attachments }) })).messageId!;
}

/** Puts a sealed file of this text into the room. */
export async function putFile(place: Place, { ghost, keys }: Insider, text: string): Promise<Attachment> {
  const { blob } = await sealFile(keys, new Blob([text]));
  return await dataOf(await upload(place, ghost, new Uint8Array(await blob.arrayBuffer())));
}
