import type { OutboxMessage } from "../../lib/adapters/outbox.ts";
import { until } from "./wait.ts";

/** What a development server would have sent, as the person who waits for it sees it: each message once. */
export class Outbox {
  readonly #seen = new Set<string>();

  constructor(private readonly origin: string) {}

  /** The newest message to somebody that was not taken before; waits for it. `to`: e-mail address, or E.164. */
  async take(to: string): Promise<OutboxMessage> {
    return await until(`a message to ${to}`, async () => {
      const response = await fetch(`${this.origin}/dev/outbox`, { headers: { accept: "application/json" } });
      const messages = await response.json() as OutboxMessage[];
      const found = messages.find((message) => message.to === to && !this.#seen.has(keyOf(message)));
      if (found) this.#seen.add(keyOf(found));
      return found;
    });
  }

  /** The code in the newest message to somebody. */
  async code(to: string): Promise<string> {
    const { subject, text } = await this.take(to);
    const code = /\b\d{6}\b/.exec(`${subject} ${text}`)?.[0];
    if (!code) throw new Error(`no code in: ${text}`);
    return code;
  }
}

function keyOf({ createdAt, to, text }: OutboxMessage): string {
  return `${createdAt} ${to} ${text}`;
}
