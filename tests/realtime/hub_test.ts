import { expect } from "expect";
import { pino } from "pino";
import { appendMessages } from "../../db/queries/append.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { Hub } from "../../lib/realtime/hub.ts";
import { testDatabase } from "../support/database.ts";

/** Microtasks after a search in which another may be asked for: more than any of its promises takes. */
const TURNS = 20;

Deno.test("a room that falls behind in the moment in which a search ends is caught up when one asks", async () => {
  await using database = await testDatabase({ seeded: true });
  const { sql } = database;
  const [room] = await sql<
    { id: RoomId }[]
  >`select id from rooms where kind = 'language' order by id limit 1`;
  const [author] = await sql<{ id: UserId }[]>`select id from users order by id limit 1`;
  const hub = new Hub(sql, pino({ level: "silent" }));
  try {
    const heard: string[] = [];
    const listener = { deliver: (frame: string) => void heard.push(frame) };
    const channel = await hub.attach(room!.id, listener);
    channel.promote(listener, channel.cursor);
    for (let turns = 0; turns < TURNS; turns++) {
      const draft = { roomId: room!.id, authorId: author!.id, clientId: crypto.randomUUID() };
      const [placed] = await appendMessages(sql, [{ ...draft, kind: "TEXT", body: `After ${turns}` }]);
      void hub.catchUp();
      for (let turn = 0; turn < turns; turn++) await null;
      hub.heard([[room!.id, placed!.seq]]);
      await hub.catchUp();
      expect({ turns, cursor: channel.cursor }).toEqual({ turns, cursor: placed!.seq });
    }
    hub.close();
    expect(heard.join().match(/After /g)?.length).toBe(TURNS);
  } finally {
    hub.close();
  }
});
