import type { Sql } from "../../db/client.ts";
import { pageBefore } from "../../db/queries/messages.ts";
import { pageAfter } from "../../db/queries/permalinks.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { HistoryPage, Message } from "../protocol/types.ts";

/** The `limit` messages before `cursor` (a seq), those after `after`, or the newest ones; deleted ones are left out. */
export async function historyPage(
  sql: Sql,
  roomId: RoomId,
  { reader, cursor, after, limit }: {
    reader: UserId | null;
    cursor?: number;
    after?: number;
    limit: number;
  },
): Promise<HistoryPage> {
  if (after !== undefined) {
    const { messages, hasNewer } = await pageAfter(sql, roomId, { reader, after, limit });
    return pageOf(messages, hasNewer ? messages.at(-1) : undefined);
  }
  const { messages, hasOlder } = await pageBefore(sql, roomId, { reader, before: cursor, limit });
  return pageOf(messages, hasOlder ? messages[0] : undefined);
}

function pageOf(messages: Message[], next: Message | undefined): HistoryPage {
  return {
    messages: messages.filter((message) => message.deletedAt === undefined),
    nextCursor: next ? String(next.seq) : null,
  };
}
