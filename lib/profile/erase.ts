import {
  anonymise,
  removeBelongings,
  removeWords,
  roomsKnownTo,
  visibleMessages,
} from "../../db/queries/erasure.ts";
import { jobsOfUser } from "../../db/queries/jobs.ts";
import { leaveRoom, roomsJoinedBy } from "../../db/queries/memberships.ts";
import { deleteMessage } from "../../db/queries/messages.ts";
import { ownAccount } from "../../db/queries/own_data.ts";
import { audit } from "../audit/audit.ts";
import type { Work } from "../jobs/work.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { removeAvatar } from "./avatars.ts";
import { removeExport } from "./export_files.ts";

/** Stands where the author of a deleted message stood. */
export const ERASED_NAME = "Someone who left";

const PAGE = 200;

/**
 * Job: erases an account. First nobody can come in any more, then the words go. It may stop anywhere and begin again.
 * What stays: a row without a person, deleted messages without words, and the audit log, which names ids alone
 * (decision 11).
 */
export async function eraseAccount(work: Work, userId: UserId): Promise<void> {
  const { services, jobId } = work;
  const account = await ownAccount(services.sql, userId);
  if (!account) return;
  if (account.avatar) await removeAvatar(services, userId);
  for (const { id } of await jobsOfUser(services.sql, userId, "export-data")) {
    await removeExport(services, id);
  }
  await closeAccount(services, userId, jobId);
  await leaveRooms(services, userId);
  const rooms = await roomsKnownTo(services.sql, userId);
  for (const [done, roomId] of rooms.entries()) {
    await deleteAll(work, userId, roomId);
    await removeWords(services.sql, userId, roomId);
    await work.progress((done + 1) / (rooms.length + 1) * 100);
  }
}

async function closeAccount(services: Services, userId: UserId, jobId: string): Promise<void> {
  const at = new Date(services.clock());
  const sessions = await services.sql.begin(async (sql) => {
    if (await anonymise(sql, userId, { name: ERASED_NAME, at })) {
      await audit(sql, { action: "account.erased", actorId: userId, subjectId: userId });
    }
    return await removeBelongings(sql, userId, jobId);
  });
  for (const id of sessions) services.realtime.endSession(id);
}

/** As they would themselves: what they owned has another owner, or nobody in it. */
async function leaveRooms({ sql, realtime }: Services, userId: UserId): Promise<void> {
  for (const roomId of await roomsJoinedBy(sql, userId)) {
    await leaveRoom(sql, roomId, userId);
    realtime.rightsChanged(roomId);
  }
}

/** By the house, for they are in no room any more: whoever has the room open sees it go, and whoever comes back does too. */
async function deleteAll({ services, signal }: Work, userId: UserId, roomId: RoomId): Promise<void> {
  for (;;) {
    const seqs = await visibleMessages(services.sql, userId, roomId, PAGE);
    if (seqs.length === 0) return;
    for (const seq of seqs) {
      signal.throwIfAborted();
      const deleted = await deleteMessage(services.sql, { roomId, seq, actorId: null });
      if (deleted) services.realtime.announce(deleted);
    }
  }
}
