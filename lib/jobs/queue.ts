import type { Queryable } from "../../db/client.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";

/** Every kind of job with its payload. Payloads are sealed at rest. */
export interface JobPayloads {
  "send-mail": Mail;
  "send-sms": Sms;
  "export-data": { userId: UserId };
  "erase-account": { userId: UserId };
  /** Put in with its room, for when that ends. */
  "purge-room": { roomId: RoomId };
  /** `claim` counts who fetches this address. */
  "fetch-preview": { url: string; claim: number };
  /** Whom the last messages of a room concern. */
  "tell-room": { roomId: RoomId };
  "send-push": PushNews;
  /** There is one of these, and it comes back every ten minutes. */
  "clean-up": Record<string, never>;
}

export type JobKind = keyof JobPayloads;

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface Sms {
  /** E.164. */
  to: string;
  text: string;
}

/** What one device is to be told of one room. */
export interface PushNews {
  deviceId: string;
  roomId: RoomId;
  /** How many messages. */
  count: number;
  /** The last of them. */
  seq: number;
  /** Some name the reader, or answer them. */
  named: boolean;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface JobStatus {
  id: string;
  kind: JobKind;
  state: "waiting" | "running" | "done" | "failed";
  /** 0 to 100. */
  progress: number;
  /** What it made; the kind says what this is. */
  result: Record<string, unknown> | null;
  createdAt: string;
}

interface EnqueueOptions {
  /** Whose job it is to look at. */
  userId?: UserId;
  /** The transaction that the job belongs to: it is there when that commits. */
  sql?: Queryable;
  /** Not before then; at once without it. */
  runAt?: Date;
}

export interface JobQueue {
  /** Returns the job's id. It runs on some isolate, at least once, and again with growing waits when it fails. */
  enqueue<Kind extends JobKind>(
    kind: Kind,
    payload: JobPayloads[Kind],
    options?: EnqueueOptions,
  ): Promise<string>;
  /** A person's own jobs of this kind, newest first. */
  ofUser(userId: UserId, kind: JobKind): Promise<JobStatus[]>;
  /** Calls back whenever a job is put in on this isolate. Returns how to stop that. */
  onEnqueued(listener: () => void): () => void;
}
