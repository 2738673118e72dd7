import type { Sql } from "../../db/client.ts";
import { appendMessages, type Draft, holdsTwice, type Placed } from "../../db/queries/append.ts";
import { Refused } from "../../db/queries/refused.ts";
import { toStored } from "../../db/queries/rows.ts";
import { AppError } from "../errors.ts";
import type { Logger } from "../log.ts";
import { refusalOf } from "../messages/refused.ts";
import type { NewMessage } from "../protocol/events.ts";
import { messageIdOf } from "../protocol/ids.ts";
import type { Message } from "../protocol/types.ts";
import type { Posted, Posting, Publisher, Receipt } from "./publish.ts";

interface Waiting {
  posting: Posting;
  receipt: Receipt;
  /** Of the same message sent again while it waits. */
  again: Receipt[] | undefined;
}

export interface Writer extends Pick<Publisher, "post" | "hand"> {
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
  let queue: Waiting[] = [];
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    for (let tell = noNews; queue.length > 0 || tell !== noNews;) {
      const waiting = queue;
      // A new array each time: one that lives long moves to V8's old generation, and takes all that was ever in it along.
      queue = waiting.slice(BATCH_MAX);
      const written = waiting.length > 0 && write(waiting.slice(0, BATCH_MAX));
      // The database has its next batch in hand while the senders of the last one are told.
      if (written) await driverHasSent();
      tell();
      tell = written ? await written : noNews;
    }
    writing = null;
  }

  /** @returns what tells everybody concerned how it went */
  async function write(batch: Waiting[]): Promise<() => void> {
    try {
      const rows = await append(sql, batch);
      return () => settle(batch, rows);
    } catch (error) {
      if (error instanceof Refused) return await writeWithout(error, batch);
      const once = holdsTwice(error) ? eachOnce(batch) : batch;
      if (once.length < batch.length) return await write(once);
      log.error({ error: String(error), messages: batch.length }, "messages could not be kept");
      const unavailable = new AppError("UNAVAILABLE");
      return () => batch.forEach((waiting) => refuse(waiting, unavailable));
    }
  }

  /** Rooms that ended and people who were sent away meanwhile must not take the others' messages with them. */
  async function writeWithout(refused: Refused, batch: Waiting[]): Promise<() => void> {
    const { true: gone = [], false: rest = [] } = Object.groupBy(
      batch,
      ({ posting }) => `${refused.concerns({ roomId: posting.roomId, authorId: posting.author.id })}`,
    );
    for (const waiting of gone) refuse(waiting, refusalOf(refused));
    return rest.length > 0 ? await write(rest) : noNews;
  }

  function settle(batch: Waiting[], rows: Placed[]): void {
    const events: NewMessage[] = [];
    batch.forEach((waiting, index) => {
      const row = rows[index]!;
      waiting.receipt.kept(row);
      waiting.again?.forEach((receipt) => receipt.kept(row));
      if (row.fresh) events.push(eventOf(waiting.posting, row));
    });
    if (events.length > 0) committed(events);
  }

  function hand(posting: Posting, receipt: Receipt): void {
    if (queue.length >= QUEUE_MAX) return receipt.refused(new AppError("UNAVAILABLE", { retryAfter: 1 }));
    queue.push({ posting, receipt, again: undefined });
    // A microtask later, so that all frames of one turn of the loop travel together.
    writing ??= Promise.resolve().then(writeAll);
  }

  return {
    hand,
    post(posting) {
      const { promise, resolve, reject } = Promise.withResolvers<Posted>();
      hand(posting, { kept: resolve, refused: reject });
      return promise;
    },
    async idle() {
      while (writing) await writing;
    },
  };
}

function noNews(): void {}

/** The driver sends a query two microtasks after it is asked to. Were it later, only the overlap would be lost. */
async function driverHasSent(): Promise<void> {
  await null;
  await null;
  await null;
}

function refuse({ receipt, again }: Waiting, error: AppError): void {
  receipt.refused(error);
  again?.forEach((other) => other.refused(error));
}

async function append(sql: Sql, batch: Waiting[]): ReturnType<typeof appendMessages> {
  const drafts = batch.map(({ posting }): Draft => ({
    roomId: posting.roomId,
    authorId: posting.author.id,
    clientId: posting.clientId,
    kind: posting.kind,
    body: posting.body,
    replyToSeq: posting.replyToSeq,
    attachments: posting.attachments?.map(toStored),
    mentions: posting.mentions,
  }));
  for (let attempt = 1;; attempt++) {
    try {
      return await appendMessages(sql, drafts);
    } catch (error) {
      if (attempt >= TRIES || error instanceof Refused || holdsTwice(error)) throw error;
      await new Promise((done) => setTimeout(done, FIRST_WAIT * 2 ** attempt * Math.random()));
    }
  }
}

/** A message that was sent twice within a moment is one message, told to both who sent it. Too rare to look for before. */
function eachOnce(batch: Waiting[]): Waiting[] {
  const once = new Map<string, Waiting>();
  for (const waiting of batch) {
    const { roomId, author, clientId } = waiting.posting;
    // No client id holds such a character.
    const identity = `${roomId}\0${author.id}\0${clientId}`;
    const first = once.get(identity);
    if (first) (first.again ??= []).push(waiting.receipt);
    else once.set(identity, waiting);
  }
  return [...once.values()];
}

function eventOf(
  { roomId, author, clientId, kind, body, replyToSeq, attachments, mentions }: Posting,
  { seq, createdAt }: Posted,
): NewMessage {
  const id = messageIdOf(roomId, seq);
  const message: Message = {
    id,
    seq,
    clientId,
    kind,
    body,
    author,
    createdAt,
    attachments: attachments ?? [],
  };
  if (replyToSeq !== undefined) message.replyTo = messageIdOf(roomId, replyToSeq);
  const event: NewMessage = { type: "new_message", roomId, seq, message };
  if (mentions && mentions.length > 0) event.mentions = mentions;
  return event;
}
