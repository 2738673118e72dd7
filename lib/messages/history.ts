import type { Sql } from "../../db/client.ts";
import { pageBefore } from "../../db/queries/messages.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { HistoryPage } from "../protocol/types.ts";

/** The `limit` messages before `cursor` (a seq), or the newest ones; deleted ones are left out. */
export async function historyPage(
  sql: Sql,
  roomId: RoomId,
  { reader, cursor, limit }: { reader: UserId | null; cursor?: number; limit: number },
): Promise<HistoryPage> {
  const { messages, hasOlder } = await pageBefore(sql, roomId, { reader, before: cursor, limit });
  const first = messages[0];
  return {
    messages: messages.filter((message) => message.deletedAt === undefined),
    nextCursor: hasOlder && first ? String(first.seq) : null,
  };
}
