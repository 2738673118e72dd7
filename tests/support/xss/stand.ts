/** Where hostile texts are shown: a running Parley, people with hostile names, and windows that are watched. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import { appendMessages, type Draft } from "../../../db/queries/append.ts";
import type { RoomId, UserId } from "../../../lib/protocol/ids.ts";
import type { RoomInfo } from "../../../lib/protocol/types.ts";
import { type Member, member, type MemberOptions } from "../member.ts";
import { type Node, type Parley, startParley } from "../node.ts";
import { bearerFetch } from "../rooms.ts";
import type { Visitor } from "../visitor.ts";
import { HOSTILE, storable } from "./corpora.ts";
import { startWatchedBrowser, Watch } from "./watch.ts";

/** So many requests are on their way at once. */
const AT_ONCE = 6;

export interface Stand {
  parley: Parley;
  /** By the name that browsers take our `Secure` cookies from. */
  node: Node;
  browser: Browser;
  /** A window of somebody who has signed in, or of a stranger. */
  window(who?: Visitor | null, options?: BrowserContextOptions): Promise<Watch>;
  join(options?: MemberOptions): Promise<Member>;
}

/** One for all tests of a file, as `parleyForFile`. */
export function standForFile(): () => Stand {
  let stand: Stand | undefined;
  Deno.test.beforeAll(async () => {
    const [parley, browser] = await Promise.all([startParley(), startWatchedBrowser()]);
    const { node } = parley;
    const local = { ...node, origin: node.origin.replace("127.0.0.1", "localhost") };
    const window = async (who?: Visitor | null, options: BrowserContextOptions = {}) => {
      const watch = await Watch.open(browser, local.origin, {
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      if (who) await watch.context.addCookies(cookiesOf(who));
      return watch;
    };
    stand = { parley, node: local, browser, window, join: (options) => member(local, options) };
  });
  Deno.test.afterAll(async () => {
    await stand?.browser.close();
    await stand?.parley.close();
  });
  return () => stand!;
}

function cookiesOf({ cookies }: Visitor) {
  return [...cookies].map(([name, value]) => ({
    ...{ name, value, domain: "localhost", path: "/", secure: true, httpOnly: true },
    sameSite: "Lax" as const,
  }));
}

/** Does it for each, a few at a time, in their order. */
export async function forEach<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index]!, index);
  }));
}

/** How many texts a field took by the way that people have, and how many it refused. */
export class Offered {
  readonly fields = new Map<string, { taken: number; refused: number }>();

  /** Offers each text; what is refused is put where it would stand by `directly`, so that the view alone must hold. */
  async each(
    field: string,
    texts: readonly string[],
    offer: (text: string, index: number) => Promise<Response>,
    directly?: (text: string, index: number) => Promise<unknown>,
  ): Promise<void> {
    await forEach(texts, async (text, index) => {
      const response = await offer(text, index);
      await response.body?.cancel();
      if (response.status >= 500) {
        throw new Error(`${field} broke (${response.status}) over ${JSON.stringify(text)}`);
      }
      this.count(field, response.ok);
      if (!response.ok) await directly?.(text, index);
    });
  }

  count(field: string, taken: boolean): void {
    const counts = this.fields.get(field) ?? { taken: 0, refused: 0 };
    counts[taken ? "taken" : "refused"]++;
    this.fields.set(field, counts);
  }

  /** How much was tried, for whoever reads the test's output. */
  tell(): void {
    for (const [field, { taken, refused }] of this.fields) {
      console.info(`${field}: ${taken} texts taken, ${refused} refused`);
    }
  }
}

export interface Somebody {
  id: UserId;
  username: string;
  name: string;
}

/** Members of hostile names, one a text; no form would have taken most of them. */
export async function crowd({ node }: Stand, texts: readonly string[] = HOSTILE): Promise<Somebody[]> {
  const tag = crypto.randomUUID().slice(0, 4);
  const people = texts.map((text, index) => ({ name: storable(text), username: `x${tag}_${index}` }));
  const rows = await node.services.sql<{ id: UserId }[]>`
    insert into users (tier, name, age_category, username, email)
    select 'member', p.name, '_18PLUS', p.username, p.username || '@example.org'
    from unnest(${people.map(({ name }) => name)}::text[], ${people.map(({ username }) => username)}::text[])
      with ordinality as p (name, username, ord) order by ord returning id`;
  return people.map((person, index) => ({ id: rows[index]!.id, ...person }));
}

/** Lets them in, without their asking. */
export async function letIn(
  { node: { services } }: Stand,
  room: { id: RoomId },
  people: readonly { id: UserId }[],
) {
  await services.sql`
    insert into memberships (room_id, user_id) select ${room.id}, unnest(${
    people.map(({ id }) => id)
  }::bigint[])`;
  await services.realtime.rightsChanged(room.id);
}

/** What they said, as it stands in the database. */
export async function said({ node: { services } }: Stand, drafts: Omit<Draft, "clientId">[]) {
  return await appendMessages(
    services.sql,
    drafts.map((draft) => ({ ...draft, clientId: crypto.randomUUID() })),
  );
}

/** A slug room, by the way that people have. */
export async function makeRoom(
  { node }: Stand,
  who: Member,
  name: string,
  more = {},
): Promise<RoomInfo & { slug: string }> {
  const body = { name, visibility: "public", ...more };
  const response = await bearerFetch(node, who, "/api/rooms/slug", { body });
  return (await response.json()).data.room;
}

/** A page as the server sends it, read by the browser's parser: quick enough for thousands. @returns what it does not show */
export async function readPage(
  watch: Watch,
  who: Visitor,
  path: string,
  texts: string[] = [],
): Promise<string[]> {
  const response = await who.fetch(path);
  const html = await response.text();
  if (response.status >= 500) throw new Error(`${path} broke (${response.status})`);
  return await watch.read(path, html, texts);
}
