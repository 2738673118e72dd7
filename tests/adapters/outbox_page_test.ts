import { expect } from "expect";
import type { OutboxMessage } from "../../lib/adapters/outbox.ts";
import { parleyForFile } from "../support/node.ts";
import { randomSecret } from "../support/secrets.ts";
import { smtpSink } from "../support/sinks.ts";
import { Visitor } from "../support/visitor.ts";
import { until } from "../support/wait.ts";

const parley = parleyForFile();
const JSON_ONLY = { accept: "application/json" };

async function listed(visitor: Visitor): Promise<OutboxMessage[]> {
  return JSON.parse((await visitor.get("/dev/outbox", JSON_ONLY)).text);
}

Deno.test("the outbox shows what was not sent, newest first, as JSON and as a page", async () => {
  const { node } = parley();
  const visitor = new Visitor(node);
  expect(await listed(visitor)).toEqual([]);
  expect((await visitor.get("/dev/outbox")).text).toContain("Nothing yet");

  const { jobs } = node.services;
  await jobs.enqueue("send-mail", { to: "zoe@example.org", subject: "Your code", text: "It is 483920 <b>" });
  await until("the mail", async () => (await listed(visitor)).length === 1);
  await jobs.enqueue("send-sms", { to: "+12025550123", text: "Your code is 483921" });
  await until("the text message", async () => (await listed(visitor)).length === 2);
  expect(await listed(visitor)).toEqual([
    {
      channel: "sms",
      to: "+12025550123",
      subject: "",
      text: "Your code is 483921",
      createdAt: expect.any(String),
    },
    {
      channel: "mail",
      to: "zoe@example.org",
      subject: "Your code",
      text: "It is 483920 <b>",
      createdAt: expect.any(String),
    },
  ]);
  const { text } = await visitor.get("/dev/outbox");
  expect(text.indexOf("483921")).toBeLessThan(text.indexOf("483920"));
  expect(text).toContain("It is 483920 &lt;b>");
});

Deno.test("production has no outbox: mails leave by the provider, and the address does not exist", async () => {
  await using sink = await smtpSink();
  const node = await parley().join({
    env: {
      APP_ENV: "production",
      LIMITS_FACTOR: "1",
      PUBLIC_URL: "https://parley.example",
      DATABASE_URL: parley().database.url,
      ACCESS_TOKEN_SECRET: randomSecret(),
      REFRESH_TOKEN_SECRET: randomSecret(),
      // Jobs of one database are sealed under keys that all its isolates have.
      ENCRYPTION_KEY: parley().node.config.vault.current,
      SMTP_URL: sink.url,
      TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
      TWILIO_AUTH_TOKEN: "token",
      TWILIO_FROM_NUMBER: "+12025550100",
    },
  });
  for (const headers of [{}, JSON_ONLY]) {
    expect((await new Visitor(node).get("/dev/outbox", headers)).response.status).toBe(404);
  }
  // The other node would take it to its outbox.
  await parley().node.services.worker.stop();
  await node.services.jobs.enqueue("send-mail", {
    to: "zoe@example.org",
    subject: "Your code",
    text: "483922",
  });
  await until("the mail", () => sink.mails.length === 1);
  expect(sink.mails[0]!.to).toEqual(["zoe@example.org"]);
  expect(await Deno.readTextFile(`${node.config.dataDir}/outbox.jsonl`)).not.toContain("483922");
});
