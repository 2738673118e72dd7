/** What insiders of a ghost room can send: the server cannot read it, so the browser alone must hold. See docs/security.md. */
import { expect } from "expect";
import { sealWords } from "../../lib/client/sealing/cipher.ts";
import { deriveKeys, keyCheckOf, newSecret } from "../../lib/client/sealing/key.ts";
import { connectGhost, ghost, ghostRoom } from "../ghosts/people.ts";
import { until } from "../support/wait.ts";
import { bundles, HOSTILE } from "../support/xss/corpora.ts";
import { asCode, packed } from "../support/xss/markup.ts";
import { forEach, type Stand, standForFile } from "../support/xss/stand.ts";
import type { Watch } from "../support/xss/watch.ts";

/** A page that is left open keeps some 200 messages. */
const A_SCREEN = 150;
const FILES_MAX = 4;
/** Bytes of a file's name that always find room in a sealed message. */
const NAME_BYTES = 150;
/** What a browser that opens them shows of control characters, which it replaces. */
const shown = (text: string) => text.replaceAll(/[^\P{Cc}\t\n\r]/gu, "\u{FFFD}");

const stand = standForFile();

interface Room {
  token: string;
  /** What follows the token in the link. */
  key: string;
  /** Somebody of that name, which no form would have taken, and how they say something. */
  enter(name: string): Promise<(text: string, files?: string[]) => Promise<unknown>>;
}

async function makeRoom({ node }: Stand, encrypted: boolean): Promise<Room> {
  const secret = newSecret();
  const { token } = await ghostRoom(node, encrypted ? { encrypted, keyCheck: await keyCheckOf(secret) } : {});
  const keys = await deriveKeys(secret, token);
  let entered = 0;
  async function enter(name: string) {
    const who = await ghost(node, token, `Ghost ${++entered}`);
    await node.services
      .sql`update users set name = ${name} where name = ${`Ghost ${entered}`} and home_room is not null`;
    const socket = await connectGhost(node, who);
    return async (text: string, names: string[] = []) => {
      const clientId = crypto.randomUUID();
      const files = names.map((name) => ({
        id: crypto.randomUUID(),
        iv: "A".repeat(16),
        name,
        type: "text/html",
        size: 7,
      }));
      const body = encrypted ? await sealWords(keys, { clientId, author: name }, { text, files }) : text;
      return await socket.done({ type: "send_message", roomId: socket.roomId, clientId, body });
    };
  }
  return { token, key: encrypted ? `#k=${secret}` : "", enter };
}

async function comeIn({ page }: Watch, { token, key }: Room): Promise<void> {
  await page.goto(`/g/${token}${key}`);
  await page.getByLabel("Your name in there").fill("Vera");
  await page.getByRole("button", { name: "Come in" }).click();
  await page.locator("#message").waitFor();
}

async function sees(watch: Watch, texts: readonly string[]): Promise<void> {
  await until("all of it on the page", async () => (await watch.look(texts)).length === 0).catch(() => {});
  expect(await watch.look(texts)).toEqual([]);
  expect(watch.noticed).toEqual([]);
}

for (const encrypted of [true, false]) {
  Deno.test(`nothing runs in a${encrypted ? "n encrypted" : " plain"} ghost room`, async () => {
    const place = stand();
    const room = await makeRoom(place, encrypted);
    const watch = await place.window();
    await comeIn(watch, room);
    const names = bundles();
    for (const name of names) await (await room.enter(name))(`Said by ${names.indexOf(name)}`);
    await sees(watch, names);
    const say = await room.enter("Mallory");
    for (let first = 0; first < HOSTILE.length; first += A_SCREEN) {
      await forEach(HOSTILE.slice(first, first + A_SCREEN), (text) => say(text));
      await say(`That was ${first}`);
      await sees(watch, [`That was ${first}`]);
    }
    for (const text of packed(HOSTILE.map(asCode))) await say(text);
    await sees(watch, encrypted ? HOSTILE.map(shown) : HOSTILE);
    if (encrypted) {
      const files = bundles(NAME_BYTES, HOSTILE.map((text) => shown(text).replaceAll(/\s+/g, " ")));
      for (let first = 0; first < files.length; first += FILES_MAX) {
        await say("Files", files.slice(first, first + FILES_MAX));
      }
      await sees(watch, files.slice(-100));
    }
    await watch.close();
  });
}
