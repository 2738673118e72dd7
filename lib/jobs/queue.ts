import type { UserId } from "../protocol/ids.ts";

/** Every kind of job with its payload. Payloads are sealed at rest. */
export interface JobPayloads {
  "send-mail": Mail;
  "send-sms": Sms;
  "export-data": { userId: UserId };
  "erase-account": { userId: UserId };
}

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

export interface JobStatus {
  id: string;
  kind: keyof JobPayloads;
  state: "waiting" | "running" | "done" | "failed";
  /** 0 to 100. */
  progress: number;
  /** What it made; the kind says what this is. */
  result: Record<string, unknown> | null;
  createdAt: string;
}

export interface JobQueue {
  /** Returns the job's id. It runs on some isolate, at least once, and again with growing waits when it fails. */
  enqueue<Kind extends keyof JobPayloads>(kind: Kind, payload: JobPayloads[Kind], options?: { userId?: UserId }): Promise<string>;
  /** A job of this person's own, newest first. */
  ofUser(userId: UserId, kind: keyof JobPayloads): Promise<JobStatus[]>;
}
