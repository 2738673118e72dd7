/** Saying things in rooms, and looking for them. */
import { expect } from "expect";
import { appendMessages, type Draft } from "../../db/queries/append.ts";
import type { SearchPage, SearchSort } from "../../lib/protocol/forms/search.ts";
import { type MessageId, messageIdOf, type RoomId } from "../../lib/protocol/ids.ts";
import { indexAll } from "../../lib/search/indexer.ts";
import { Stems } from "../../lib/search/stems.ts";
import type { Sql } from "../../db/client.ts";
import type { Viewer } from "../../lib/protocol/types.ts";
import type { Node } from "../support/node.ts";
import { dataOf, Visitor } from "../support/visitor.ts";

export interface Someone {
  accessToken: string;
  user: Viewer;
}

/** One message after another, by the way that all messages go. */
export async function say(
  { services }: Node,
  who: Someone,
  roomId: string,
  bodies: string[],
  more: Partial<Draft> = {},
): Promise<MessageId[]> {
  const drafts = bodies.map((body): Draft => ({
    roomId: roomId as RoomId,
    authorId: who.user.id,
    clientId: crypto.randomUUID(),
    kind: "TEXT",
    body,
    ...more,
  }));
  const placed = await appendMessages(services.sql, drafts);
  return placed.map(({ seq }) => messageIdOf(roomId as RoomId, seq));
}

export interface Asked {
  sort?: SearchSort;
  cursor?: string;
}

/** `GET /api/search`. */
export async function ask(node: Node, who: Someone, q: string, more: Asked = {}): Promise<Response> {
  const query = new URLSearchParams({ q, ...more });
  const headers = { authorization: `Bearer ${who.accessToken}` };
  return await new Visitor(node).fetch(`/api/search?${query}`, { headers });
}

export async function search(node: Node, who: Someone, q: string, more: Asked = {}): Promise<SearchPage> {
  return await dataOf<SearchPage>(await ask(node, who, q, more));
}

/** What the found messages say, in their order. */
export async function found(node: Node, who: Someone, q: string, more: Asked = {}): Promise<string[]> {
  const { results } = await search(node, who, q, more);
  return results.map(({ snippet }) => snippet.map(({ text }) => text).join(""));
}

/** The words that are marked, of each result. */
export async function marked(node: Node, who: Someone, q: string): Promise<string[][]> {
  const { results } = await search(node, who, q);
  return results.map(({ snippet }) => snippet.filter(({ hit }) => hit).map(({ text }) => text));
}

/** Everything that was said is in the index then. */
export async function index(sql: Sql): Promise<void> {
  // Another indexer may have the lock: then it does the work.
  for (;;) {
    await indexAll(sql, new Stems(sql));
    const [row] = await sql`
      select 1 from rooms r left join search_rooms x on x.room_id = r.id
      where r.head_seq > coalesce(x.indexed_seq, 0) and r.kind <> 'ghost' limit 1`;
    const [changed] = await sql`select 1 from search_changes limit 1`;
    if (!row && !changed) return;
  }
}

/** Until it is disposed of, nobody writes the index. */
export async function withoutIndexer(sql: Sql): Promise<AsyncDisposable> {
  const session = await sql.reserve();
  await session`select pg_advisory_lock(7226415512)`;
  return {
    async [Symbol.asyncDispose]() {
      await session`select pg_advisory_unlock(7226415512)`;
      session.release();
    },
  };
}

/** Holds for what is not in the index, and then for the same in the index. */
export async function bothWays(
  sql: Sql,
  make: () => Promise<unknown>,
  check: () => Promise<void>,
): Promise<void> {
  {
    await using _ = await withoutIndexer(sql);
    await make();
    await check();
  }
  await index(sql);
  const [left] = await sql<[{ count: number }]>`
    select count(*)::int from messages m where kind <> 'SYSTEM' and deleted_at is null and not exists (
      select from message_search s where s.room_id = m.room_id and s.seq = m.seq)
    and room_id in (select id from rooms where kind <> 'ghost')`;
  expect(left.count).toBe(0);
  await check();
}
