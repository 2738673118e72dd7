/** Previews on a real database, with real files and pictures, on a web whose servers stand on loopback. */
import { pino } from "pino";
import sharp from "sharp";
import { noteLinks } from "../../db/queries/message_links.ts";
import { createGuest } from "../../db/queries/users.ts";
import { createImages } from "../../lib/adapters/images/sharp.ts";
import { createDiskStorage } from "../../lib/adapters/storage/disk.ts";
import type { Storage } from "../../lib/adapters/storage/storage.ts";
import { createLimits } from "../../lib/http/limits.ts";
import { createJobQueue } from "../../lib/jobs/create.ts";
import { addressOf } from "../../lib/previews/address.ts";
import { performPreview } from "../../lib/previews/perform.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Services } from "../../lib/services.ts";
import { createVault } from "../../lib/vault/create.ts";
import { testDatabase } from "../support/database.ts";
import { movableClock } from "../support/node.ts";
import { randomSecrets } from "../support/secrets.ts";
import { type Answering, html, type Site, site, type TestWeb, testWeb } from "./servers.ts";

export async function picture(width = 1200, height = 630): Promise<Uint8Array<ArrayBuffer>> {
  const create = { width, height, channels: 3 as const, background: "#336699" };
  const exif = { IFD0: { Copyright: "somebody" } };
  return new Uint8Array(await sharp({ create }).withExif(exif).jpeg().toBuffer());
}

/** What a server says that gives out bytes. */
export const file = (bytes: Uint8Array, type: string) =>
  `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`;

export const PAGE = html(`<title>Dusk</title><meta property="og:image" content="/dusk.jpg">`);

/** Answers with {@link PAGE} and its picture. */
export async function gallery(): Promise<Answering> {
  const jpeg = await picture();
  return async (say, request) => {
    if (!request.startsWith("GET /dusk.jpg ")) return await say(PAGE);
    await say(file(jpeg, "image/jpeg"));
    await say(jpeg);
  };
}

export interface Parts {
  services: Services;
  clock: ReturnType<typeof movableClock>;
  storage: Storage;
  /** Names of the pictures that are kept. */
  kept(): Promise<string[]>;
}

export interface Shop extends Parts, AsyncDisposable {
  site: Site;
  web: TestWeb;
  /** An address at the shop's server. */
  at(path: string, host?: string): string;
  person(): Promise<UserId>;
  /** What is known of these links, by link. */
  known(links: string[]): Promise<Map<string, KnownPreview>>;
  /** Makes a message with such a link, in a room of its own. @returns how to delete it */
  mention(link: string): Promise<() => Promise<void>>;
  /** Takes the jobs that were put in, as workers would; they are not done yet. */
  jobs(): Promise<{ url: string; claim: number }[]>;
  /** Does such a job, as any isolate would. */
  perform(job: { url: string; claim: number }, signal?: AbortSignal): Promise<{ found: boolean }>;
}

/** What the cache holds of an address. */
export interface KnownPreview {
  url: string;
  title: string;
  image: string | null;
}

export async function shop(
  answer: Answering,
  { limitsFactor = 1000, hosts }: { limitsFactor?: number; hosts?: Record<string, string[]> } = {},
): Promise<Shop> {
  const database = await testDatabase();
  const folder = await Deno.makeTempDir({ prefix: "parley-previews-" });
  const kv = await Deno.openKv(":memory:");
  const clock = movableClock();
  const log = pino({ level: "silent" });
  const vault = await createVault(randomSecrets());
  const server = site(answer);
  const web = testWeb([server.port], { hosts });
  const queue = createJobQueue(database.sql, vault, clock);
  const storage = createDiskStorage(folder);
  const limits = createLimits(kv, clock, log, limitsFactor);
  const images = createImages();
  // What previews use; the rest of an isolate has no part in them.
  const services = {
    sql: database.sql,
    jobs: queue,
    web: web.web,
    vault,
    clock,
    log,
    storage,
    limits,
    images,
    realtime: { announce: () => {} },
  } as unknown as Services;
  let people = 0;
  return {
    services,
    clock,
    storage,
    site: server,
    web,
    at: (path, host = "page.example") => `http://${host}:${server.port}${path}`,
    async person() {
      const expiresAt = new Date(Date.now() + 1e6);
      return (await createGuest(database.sql, { name: `P${++people}`, ageCategory: "_18PLUS", expiresAt }))
        .id;
    },
    async known(links) {
      const found = await Promise.all(links.map(async (link) => {
        const urlHash = addressOf(services, link)?.urlHash;
        const [row] = urlHash
          ? await database.sql<KnownPreview[]>`
            select url, title, image from link_previews where url_hash = ${urlHash} and state = 'found'`
          : [];
        return row ? [[link, row] as const] : [];
      }));
      return new Map(found.flat());
    },
    async mention(link) {
      const [{ id }] = await database.sql<[{ id: RoomId }]>`
        insert into rooms (kind, name, slug, visibility) values ('slug', 'Links', ${`l-${crypto.randomUUID()}`}, 'public')
        returning id`;
      const body = `See ${link}`;
      await database.sql`
        insert into messages (room_id, seq, kind, body) values (${id}, 1, 'SYSTEM', ${body})`;
      const times = { now: new Date(clock()), since: new Date(0) };
      const hashes = [addressOf(services, link)!.urlHash];
      await noteLinks(database.sql, { roomId: id, seq: 1, body, hashes }, times);
      return async () =>
        void await database.sql`update messages set deleted_at = now() where room_id = ${id}`;
    },
    async jobs() {
      const rows = await database.sql<{ id: string; payload_sealed: Uint8Array }[]>`
        delete from jobs where kind = 'fetch-preview' returning id, payload_sealed`;
      return await Promise.all(
        rows.map(async ({ id, payload_sealed: sealed }) =>
          JSON.parse(await vault.open({ table: "jobs", column: "payload_sealed", row: id }, sealed))
        ),
      );
    },
    perform: (job, signal = new AbortController().signal) => performPreview({ services, signal }, job),
    async kept() {
      const names = await Array.fromAsync(Deno.readDir(`${folder}/previews`), ({ name }) => name).catch(
        () => [],
      );
      return names.filter((name) => name.endsWith(".webp"));
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await limits.settled();
      kv.close();
      await database.drop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
