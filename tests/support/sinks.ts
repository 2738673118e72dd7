/** Servers that take what is sent to them and keep it: stand-ins for the far end, never for our own parts. */
import type { Buffer } from "node:buffer";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  /** Of the envelope. */
  from: string;
  to: string[];
  /** The parsed message. */
  message: Email;
}

export interface SmtpSink extends AsyncDisposable {
  /** `smtp://user:pass@127.0.0.1:port` */
  url: string;
  mails: ReceivedMail[];
}

/** A real SMTP server on loopback that takes mails for anybody whom `refuse` does not name. */
export async function smtpSink({ refuse = [] as string[] } = {}): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, callback) {
      callback(username === "user" && password === "pass" ? null : new Error("no"), { user: username ?? "" });
    },
    onRcptTo({ address }, _session, callback) {
      if (!refuse.includes(address)) return callback();
      callback(Object.assign(new Error(`${address} does not live here`), { responseCode: 550 }));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        const message = await PostalMime.parse(await new Blob(chunks as BlobPart[]).arrayBuffer());
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          message,
        });
        callback();
      });
    },
  });
  server.on("error", () => {});
  const listening = server.listen(0, "127.0.0.1");
  await new Promise((done) => listening.on("listening", done));
  const { port } = listening.address() as { port: number };
  return {
    url: `smtp://user:pass@127.0.0.1:${port}`,
    mails,
    [Symbol.asyncDispose]: () => new Promise((done) => server.close(() => done())),
  };
}

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: Headers;
  body: string;
}

export interface HttpSink extends AsyncDisposable {
  url: string;
  requests: ReceivedRequest[];
}

/** An HTTP server on loopback; `answer` speaks as the provider would. */
export function httpSink(answer: (request: ReceivedRequest) => Response | Promise<Response>): HttpSink {
  const requests: ReceivedRequest[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (req) => {
    const { pathname, search } = new URL(req.url);
    const request = {
      method: req.method,
      path: pathname + search,
      headers: req.headers,
      body: await req.text(),
    };
    requests.push(request);
    return await answer(request);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
