import type { Sql } from "../../db/client.ts";
import { appendMessages } from "../../db/queries/append.ts";
import { Refused } from "../../db/queries/refused.ts";
import { toStored } from "../../db/queries/rows.ts";
import { AppError } from "../errors.ts";
import type { Logger } from "../log.ts";
import { refusalOf } from "../messages/refused.ts";
import type { NewMessage } from "../protocol/events.ts";
import { messageIdOf } from "../protocol/ids.ts";
import type { Posted, Posting } from "./publish.ts";

interface Waiting {
  posting: Posting;
  promise: Promise<Posted>;
  resolve(posted: Posted): void;
  reject(error: unknown): void;
}

export interface Writer {
  post(posting: Posting): Promise<Posted>;
  /** Resolves when all that was posted has been kept or refused. */
  idle(): Promise<void>;
}

const BATCH_MAX = 1_000;
/** Postings that wait; past that the database is not keeping up and senders are told so. */
const QUEUE_MAX = 20_000;
/** A connection that broke leaves open whether the batch was kept; its client ids make trying again harmless. */
const TRIES = 4;
const FIRST_WAIT = 50;

/**
 * Group commit: what arrives while one batch is on its way to Postgres makes the next batch, so the price of a commit is
 * shared by as many as there are, and an idle server adds no wait at all.
 *
 * @param committed is given the new messages, in the order of each room's log.
 */
export function createWriter(sql: Sql, log: Logger, committed: (events: NewMessage[]) => void): Writer {
  let queue = new Map<string, Waiting>();
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (queue.size > 0) {
      const waiting = [...queue];
      // A new map each time: one that lives long moves to V8's old generation, and takes all that was ever in it along.
      queue = new Map(waiting.slice(BATCH_MAX));
      await write(waiting.slice(0, BATCH_MAX).map(([, posting]) => posting));
    }
    writing = null;
  }

  async function write(batch: Waiting[]): Promise<void> {
    try {
      settle(batch, await append(sql, batch));
    } catch (error) {
      if (error instanceof Refused) return await writeWithout(error, batch);
      log.error({ error: String(error), messages: batch.length }, "messages could not be kept");
      for (const waiting of batch) waiting.reject(new AppError("UNAVAILABLE"));
    }
  }

  /** Rooms that ended and people who were sent away meanwhile must not take the others' messages with them. */
  async function writeWithout(refused: Refused, batch: Waiting[]): Promise<void> {
    const { true: gone = [], false: rest = [] } = Object.groupBy(
      batch,
      ({ posting }) => `${refused.concerns({ roomId: posting.roomId, authorId: posting.author.id })}`,
    );
    for (const waiting of gone) waiting.reject(refusalOf(refused));
    if (rest.length > 0) await write(rest);
  }

  function settle(batch: Waiting[], rows: Awaited<ReturnType<typeof appendMessages>>): void {
    const events: NewMessage[] = [];
    batch.forEach((waiting, index) => {
      const row = rows[index]!;
      waiting.resolve({ seq: row.seq, createdAt: row.createdAt });
      if (row.fresh) events.push(eventOf(waiting.posting, row));
    });
    if (events.length > 0) committed(events);
  }

  return {
    post(posting) {
      const identity = identityOf(posting);
      const known = queue.get(identity);
      if (known) return known.promise;
      if (queue.size >= QUEUE_MAX) return Promise.reject(new AppError("UNAVAILABLE", { retryAfter: 1 }));
      const { promise, resolve, reject } = Promise.withResolvers<Posted>();
      queue.set(identity, { posting, promise, resolve, reject });
      // A microtask later, so that all frames of one turn of the loop travel together.
      writing ??= Promise.resolve().then(writeAll);
      return promise;
    },
    async idle() {
      while (writing) await writing;
    },
  };
}

async function append(sql: Sql, batch: Waiting[]): ReturnType<typeof appendMessages> {
  const drafts = batch.map(({ posting: { author, attachments, ...posting } }) => ({
    ...posting,
    authorId: author.id,
    ...(attachments && { attachments: attachments.map(toStored) }),
  }));
  for (let attempt = 1;; attempt++) {
    try {
      return await appendMessages(sql, drafts);
    } catch (error) {
      if (attempt >= TRIES || error instanceof Refused) throw error;
      await new Promise((done) => setTimeout(done, FIRST_WAIT * 2 ** attempt * Math.random()));
    }
  }
}

function identityOf({ roomId, author, clientId }: Posting): string {
  return `${roomId}|${author.id}|${clientId}`;
}

function eventOf(
  { roomId, author, clientId, kind, body, replyToSeq, attachments = [], mentions = [] }: Posting,
  { seq, createdAt }: Posted,
): NewMessage {
  const replyTo = replyToSeq === undefined ? {} : { replyTo: messageIdOf(roomId, replyToSeq) };
  const id = messageIdOf(roomId, seq);
  const message = { id, seq, clientId, kind, body, author, createdAt, ...replyTo, attachments };
  return { type: "new_message", roomId, seq, message, ...(mentions.length > 0 && { mentions }) };
}
