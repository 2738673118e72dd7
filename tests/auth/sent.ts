/** What a node has sent to people, read from where development keeps it. */
import { type OutboxMessage, readOutbox } from "../../lib/adapters/outbox.ts";
import { until } from "../support/wait.ts";

interface Sender {
  config: { dataDir: string };
}

/** All messages to an address or number, newest first. */
export async function messagesTo({ config }: Sender, to: string): Promise<OutboxMessage[]> {
  return (await readOutbox(config.dataDir)).filter((message) => message.to === to);
}

/** The newest message to somebody, once `count` have been sent to them. */
export async function messageTo(sender: Sender, to: string, count = 1): Promise<OutboxMessage> {
  return await until(`message ${count} to somebody`, async () => {
    const messages = await messagesTo(sender, to);
    return messages.length >= count && messages[0]!;
  });
}

/** The code in the newest message to somebody, once `count` messages have been sent to them. */
export async function codeTo(sender: Sender, to: string, count = 1): Promise<string> {
  const { text } = await messageTo(sender, to, count);
  const code = /\b\d{6}\b/.exec(text)?.[0];
  if (!code) throw new Error(`there is no code in: ${text}`);
  return code;
}
