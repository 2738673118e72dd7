import { expect } from "expect";
import { twilioSms } from "../../lib/adapters/sms/twilio.ts";
import { httpSink } from "../support/sinks.ts";

const SID = `AC${"0123456789abcdef".repeat(2)}`;
const SETTINGS = { by: "twilio", accountSid: SID, authToken: "token", from: "+12025550100" } as const;
const SMS = { to: "+12025550123", text: "Your Parley code is 483920. Grüße & more" };

const accepted = () => Response.json({ sid: "SM1", status: "queued" }, { status: 201 });

Deno.test("Twilio's API receives the message when its library sends it", async () => {
  await using sink = httpSink(accepted);
  await twilioSms({ ...SETTINGS, baseUrl: sink.url })(SMS);
  expect(sink.requests).toHaveLength(1);
  const { method, path, headers, body } = sink.requests[0]!;
  expect({ method, path }).toEqual({ method: "POST", path: `/2010-04-01/Accounts/${SID}/Messages.json` });
  expect(headers.get("authorization")).toBe(`Basic ${btoa(`${SID}:token`)}`);
  expect(headers.get("content-type")).toMatch("application/x-www-form-urlencoded");
  expect(headers.get("user-agent")).toMatch(/^twilio-node/);
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
    To: SMS.to,
    From: SETTINGS.from,
    Body: SMS.text,
  });
});

Deno.test("a message goes through a messaging service when that is what the settings name", async () => {
  await using sink = httpSink(accepted);
  const from = `MG${"0".repeat(32)}`;
  await twilioSms({ ...SETTINGS, from, baseUrl: sink.url })(SMS);
  const sent = Object.fromEntries(new URLSearchParams(sink.requests[0]!.body));
  expect(sent).toEqual({ To: SMS.to, MessagingServiceSid: from, Body: SMS.text });
});

for (
  const [status, code, hopeless] of [[400, 21211, true], [401, 20003, false], [429, 20429, false], [
    503,
    0,
    false,
  ]] as const
) {
  Deno.test(`a message is ${hopeless ? "given up" : "tried again"} when Twilio answers ${status}`, async () => {
    const message = `The 'To' number ${SMS.to} is not a valid phone number.`;
    await using sink = httpSink(() => Response.json({ code, status, message }, { status }));
    const error = await twilioSms({ ...SETTINGS, baseUrl: sink.url })(SMS).catch((error) => error);
    expect(error).toMatchObject({ name: "DeliveryError", hopeless });
    expect(error.message).not.toContain(SMS.to);
  });
}

Deno.test("a message is tried again when Twilio cannot be reached", async () => {
  const sink = httpSink(accepted);
  await sink[Symbol.asyncDispose]();
  await expect(twilioSms({ ...SETTINGS, baseUrl: sink.url })(SMS))
    .rejects.toMatchObject({ name: "DeliveryError", hopeless: false });
});
