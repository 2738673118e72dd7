/** Everything that can be done with a ghost room is done; then the log, and all that is kept, is searched for it. */
import { expect } from "expect";
import type { Attachment } from "../../lib/protocol/types.ts";
import { allKept, placesOf } from "../support/at_rest.ts";
import { parleyForFile } from "../support/node.ts";
import { openSocket, ticketFor } from "../support/socket.ts";
import { dataOf, guest } from "../support/visitor.ts";
import {
  ask,
  connectGhost,
  encryptedRoom,
  expire,
  ghost,
  ghostRoom,
  idOf,
  KEY_CHECK,
  post,
  SEALED,
  tryJoin,
  upload,
} from "./people.ts";

const parley = parleyForFile({ logLevel: "trace" });
const here = () => parley().node;

/** What opens something, and what people said of themselves or to each other. */
const openers: string[] = [];
const words = ["Wilhelmina", "Bartholomew", "the kettle is on", "groceries.txt"];

function note(secret: string): string {
  openers.push(secret, ...secret.split(".").slice(1));
  return secret;
}

async function drain(responses: Promise<Response>[]): Promise<void> {
  for (const response of await Promise.all(responses)) await response.body?.cancel();
}

async function refusedEverywhere(token: string, bearer: string): Promise<void> {
  const forged = `${bearer.slice(0, -4)}AAAA`;
  await drain([
    tryJoin(here(), token, "Wilhelmina"),
    tryJoin(here(), token, "Wilhelmina <script>"),
    tryJoin(here(), `${token}x`, "Bartholomew"),
    post(here(), `/api/rooms/${token}/close`, { ownerKey: note("w".repeat(30) + crypto.randomUUID()) }),
    ask(here(), `/api/rooms/${token}?nickname=Wilhelmina`),
    ask(here(), `/api/rooms/${token}/validate/Wilhelmina`),
    ask(here(), `/api/messages/${token}`, { bearer: forged }),
    ask(here(), `/api/messages/${token}?limit=${bearer}`, { bearer }),
    ask(here(), `/api/rooms/${token}/files/groceries.txt`, { bearer }),
    ask(here(), `/g/${token}`),
    fetch(`${here().origin}/api/rooms/${token}/join`, {
      method: "POST",
      body: `{"nickname":"Wilhelmina`,
      headers: { "content-type": "application/json" },
    }),
  ]);
}

async function lived(): Promise<void> {
  for (const make of [ghostRoom, encryptedRoom]) {
    const { token, ownerKey } = await make(here());
    note(token.slice("ghost-".length));
    note(ownerKey);
    const [ann, ben] = [await ghost(here(), token, "Wilhelmina"), await ghost(here(), token, "Bartholomew")];
    for (const { sessionToken } of [ann, ben]) note(sessionToken);
    const socket = await connectGhost(here(), ann);
    const body = make === ghostRoom ? "the kettle is on" : SEALED;
    const file = await dataOf<Attachment>(
      await upload(here(), ann, new Uint8Array(9), { name: "groceries.txt" }),
    );
    const frame = { type: "send_message", roomId: socket.roomId, clientId: "1", body } as const;
    await socket.done({ ...frame, attachments: [file.id] });
    await socket.request({ ...frame, clientId: "2", body: make === ghostRoom ? SEALED : "the kettle is on" });
    await socket.done({ type: "typing", roomId: socket.roomId, on: true });
    socket.sendRaw(`{"type":"send_message","body":"the kettle is on"`);
    const ticket = note(await ticketFor(here(), ben));
    await (openSocket(here(), ["parley.v1", `ticket.${ticket}`])).take("welcome").then(() => {});
    await drain([
      ask(here(), `/api/messages/${token}`, { bearer: ben.sessionToken }),
      ask(here(), `/api/rooms/${token}`),
    ]);
    await drain([ask(here(), file.url, { bearer: ben.sessionToken })]);
    await refusedEverywhere(token, ben.sessionToken);
    await drain([post(here(), `/api/rooms/${token}/leave`, {}, ben.sessionToken)]);
    if (make === ghostRoom) await drain([post(here(), `/api/rooms/${token}/close`, { ownerKey })]);
    else await expire([here()], await idOf(here(), token));
    await drain([
      ask(here(), `/api/messages/${token}`, { bearer: ann.sessionToken }),
      tryJoin(here(), token, "Bartholomew"),
    ]);
  }
  await guest(here());
}

Deno.test("no token, nickname or word is in any line of the log, and no token or key in what is kept", async () => {
  await lived();
  const kept = await allKept(parley().database.sql, here(), parley().shared.kvUrl);
  const log = kept.find(({ where }) => where === "log")!;
  expect(log.text).toContain('"route":"/api/rooms/:token/join"');
  expect(log.text.split("\n").length).toBeGreaterThan(40);
  for (const word of [...words, SEALED.slice(0, 30), KEY_CHECK]) {
    expect([word, await placesOf(word, [log])]).toEqual([word, []]);
  }
  expect(openers.length).toBeGreaterThan(10);
  for (const secret of openers) expect([secret, await placesOf(secret, kept)]).toEqual([secret, []]);
  // The search finds what is there.
  expect(await placesOf(KEY_CHECK, kept)).toContain("rooms.key_check");
  expect(await placesOf("Wilhelmina", kept)).toContain("users.name");
});
