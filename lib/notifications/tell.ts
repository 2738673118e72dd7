import { beginLook, peopleToTell, type ToTell } from "../../db/queries/notices.ts";
import type { Work } from "../jobs/work.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { isQuiet } from "./quiet.ts";

/**
 * Job: tells those whom the last messages of a room concern, who have not read them and are not there. One look takes
 * all that was said since the one before, so that several messages make one notification; and a push a device, each of
 * which can fail by itself.
 */
export async function tellRoom({ services }: Work, roomId: RoomId): Promise<void> {
  const { sql, jobs, clock } = services;
  const there = await peopleThere(services, roomId);
  const at = clock();
  await sql.begin(async (sql) => {
    const span = await beginLook(sql, roomId);
    if (!span) return;
    const people = (await peopleToTell(sql, roomId, span, new Date(at))).filter((person) =>
      !there.has(person.userId) && !wantsQuiet(person, at)
    );
    const pushes = people.flatMap(({ userId, devices, count, seq, named }) =>
      devices.map((deviceId) => ({ userId, push: { deviceId, roomId, count, seq, named, at } }))
    );
    await Promise.all(pushes.map(({ userId, push }) => jobs.enqueue("send-push", push, { sql, userId })));
  });
}

function wantsQuiet({ quiet }: ToTell, at: number): boolean {
  return quiet !== null && isQuiet(quiet, at);
}

/** Whoever looks at the room sees for themselves. When nobody can say who that is, pointers alone tell. */
async function peopleThere({ realtime, log }: Services, roomId: RoomId): Promise<ReadonlySet<UserId>> {
  try {
    return await realtime.looking(roomId);
  } catch (error) {
    log.error({ error: String(error) }, "who is in a room cannot be looked up");
    return new Set();
  }
}
