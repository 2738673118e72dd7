import { expect } from "expect";
import { DeliveryError } from "../../lib/adapters/delivery.ts";
import { resendMail } from "../../lib/adapters/mail/resend.ts";
import { smtpMail } from "../../lib/adapters/mail/smtp.ts";
import { httpSink, smtpSink } from "../support/sinks.ts";

const FROM = "Parley <parley@parley.example>";
const MAIL = {
  to: "zoe@example.org",
  subject: "Your code: 483 920 — Grüße",
  text: "Hello Zoë,\n\nyour code is 483920.\n",
};

Deno.test("an SMTP server receives the mail when nodemailer sends it", async () => {
  await using sink = await smtpSink();
  await smtpMail({ by: "smtp", url: sink.url, from: FROM })(MAIL, "job-1");
  expect(sink.mails).toHaveLength(1);
  const { from, to, message } = sink.mails[0]!;
  expect({ from, to }).toEqual({ from: "parley@parley.example", to: [MAIL.to] });
  expect(message).toMatchObject({
    subject: MAIL.subject,
    from: { name: "Parley", address: "parley@parley.example" },
    messageId: "<job-1@parley.example>",
  });
  expect(message.text?.trim()).toBe(MAIL.text.trim());
});

Deno.test("a mail reaches one address when that is made to look like several", async () => {
  await using sink = await smtpSink();
  const send = smtpMail({ by: "smtp", url: sink.url, from: FROM });
  await send({ ...MAIL, to: "zoe@example.org, eve@example.org" }, "job-1").catch(() => {});
  expect(sink.mails.flatMap(({ to }) => to)).not.toContain("eve@example.org");
});

Deno.test("a mail is given up without naming its address when the SMTP server refuses the address", async () => {
  await using sink = await smtpSink({ refuse: [MAIL.to] });
  const error = await smtpMail({ by: "smtp", url: sink.url, from: FROM })(MAIL, "job-1").catch((error) =>
    error
  );
  expect(error).toBeInstanceOf(DeliveryError);
  expect(error).toMatchObject({ hopeless: true, message: expect.stringContaining("550") });
  expect(error.message).not.toContain(MAIL.to);
});

Deno.test("a mail may be tried again when the SMTP server does not know us or is not there", async () => {
  let url: string;
  {
    await using sink = await smtpSink();
    url = sink.url;
    const send = smtpMail({ by: "smtp", url: url.replace("pass", "wrong"), from: FROM });
    await expect(send(MAIL, "job-1")).rejects.toMatchObject({ name: "DeliveryError", hopeless: false });
  }
  await expect(smtpMail({ by: "smtp", url, from: FROM })(MAIL, "job-1"))
    .rejects.toMatchObject({ name: "DeliveryError", hopeless: false });
});

Deno.test("Resend's API receives the mail when its library sends it", async () => {
  await using sink = httpSink(() => Response.json({ id: "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794" }));
  await resendMail({ by: "resend", apiKey: "re_key", from: FROM, baseUrl: sink.url })(MAIL, "job-1");
  expect(sink.requests).toHaveLength(1);
  const { method, path, headers, body } = sink.requests[0]!;
  expect({ method, path }).toEqual({ method: "POST", path: "/emails" });
  expect(headers.get("authorization")).toBe("Bearer re_key");
  expect(headers.get("idempotency-key")).toBe("job-1");
  expect(headers.get("user-agent")).toMatch(/^resend-node/);
  expect(JSON.parse(body)).toEqual({ from: FROM, ...MAIL });
});

for (
  const [status, name, hopeless] of [
    [422, "validation_error", true],
    [429, "rate_limit_exceeded", false],
    [500, "internal_server_error", false],
  ] as const
) {
  Deno.test(`a mail is ${hopeless ? "given up" : "tried again"} when Resend answers ${name}`, async () => {
    await using sink = httpSink(() =>
      Response.json({ name, statusCode: status, message: MAIL.to }, { status })
    );
    const send = resendMail({ by: "resend", apiKey: "re_key", from: FROM, baseUrl: sink.url });
    const error = await send(MAIL, "job-1").catch((error) => error);
    expect(error).toMatchObject({ name: "DeliveryError", hopeless, message: expect.stringContaining(name) });
    expect(error.message).not.toContain(MAIL.to);
  });
}
