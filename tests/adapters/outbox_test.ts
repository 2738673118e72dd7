import { expect } from "expect";
import { createDelivery } from "../../lib/adapters/create.ts";
import { readOutbox } from "../../lib/adapters/outbox.ts";
import { loadConfig } from "../../lib/config.ts";

Deno.test("the outbox keeps what would have been sent, newest first, readable by its owner only", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "parley-test-" });
  try {
    expect(await readOutbox(dataDir)).toEqual([]);
    let now = Date.parse("2026-08-02T10:00:00Z");
    const delivery = await createDelivery(loadConfig({ DATA_DIR: dataDir }), () => now);
    await delivery.sendMail(
      { to: "zoe@example.org", subject: "Your code", text: "483920\nthat is it" },
      "job-1",
    );
    now += 1_000;
    await delivery.sendSms({ to: "+12025550123", text: "Your code is 483920" }, "job-2");
    expect(await readOutbox(dataDir)).toEqual([
      {
        channel: "sms",
        to: "+12025550123",
        subject: "",
        text: "Your code is 483920",
        createdAt: "2026-08-02T10:00:01.000Z",
      },
      {
        channel: "mail",
        to: "zoe@example.org",
        subject: "Your code",
        text: "483920\nthat is it",
        createdAt: "2026-08-02T10:00:00.000Z",
      },
    ]);
    expect((await Deno.stat(`${dataDir}/outbox.jsonl`)).mode! & 0o077).toBe(0);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
