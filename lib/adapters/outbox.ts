/** Development's way of sending: nothing leaves; what would have is kept for the developer to see at `/dev/outbox`. */
import type { Clock } from "../clock.ts";
import type { Mail, Sms } from "../jobs/queue.ts";

export interface OutboxMessage {
  channel: "mail" | "sms";
  to: string;
  /** Text messages have none. */
  subject: string;
  text: string;
  /** ISO 8601. */
  createdAt: string;
}

function pathOf(dataDir: string): string {
  return `${dataDir}/outbox.jsonl`;
}

/** One line a message. Several isolates may append at once: a short write to the end of a file is not torn apart. */
async function keep(dataDir: string, message: OutboxMessage): Promise<void> {
  await Deno.writeTextFile(pathOf(dataDir), `${JSON.stringify(message)}\n`, { append: true, mode: 0o600 });
}

export function outboxMail(dataDir: string, clock: Clock): (mail: Mail) => Promise<void> {
  return (mail) => keep(dataDir, { channel: "mail", ...mail, createdAt: new Date(clock()).toISOString() });
}

export function outboxSms(dataDir: string, clock: Clock): (sms: Sms) => Promise<void> {
  return ({ to, text }) =>
    keep(dataDir, { channel: "sms", to, subject: "", text, createdAt: new Date(clock()).toISOString() });
}

/** Newest first; none before the first message. */
export async function readOutbox(dataDir: string): Promise<OutboxMessage[]> {
  try {
    const lines = (await Deno.readTextFile(pathOf(dataDir))).split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as OutboxMessage).reverse();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
