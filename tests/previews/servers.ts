/** Other people's servers, down to the bytes, and a web on which their names lead to loopback. */
import { createWeb, type WebOptions } from "../../lib/adapters/web/create.ts";
import { isWebRefusal, type RefusalReason, type Web, type WebAsk } from "../../lib/adapters/web/web.ts";

/** Says something to whoever connected; rejects once they have gone. */
export type Say = (text: string | Uint8Array<ArrayBuffer>) => Promise<void>;

export interface Site extends AsyncDisposable {
  port: number;
  /** What was asked, headers included, one a connection. */
  requests: string[];
  /** Bytes that left for clients; those in the system's buffers count. */
  wrote(): number;
  /** Resolves when nobody is connected any more. */
  deserted(): Promise<void>;
}

/** `gone` resolves when whoever asked has hung up. */
export type Answering = (say: Say, request: string, gone: Promise<unknown>) => Promise<unknown> | void;

/** Accepts connections and lets `answer` say what it likes, HTTP or not. */
export function site(answer: Answering, listen: { hostname?: string; port?: number } = {}): Site {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0, ...listen });
  const connections = new Set<Promise<void>>();
  const requests: string[] = [];
  let wrote = 0;

  async function attend(connection: Deno.TcpConn): Promise<void> {
    try {
      const request = await readRequest(connection);
      requests.push(request);
      const gone = connection.read(new Uint8Array(1)).catch(() => null);
      await answer(
        async (text) => {
          const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
          for (let at = 0; at < bytes.length;) {
            const count = await connection.write(bytes.subarray(at));
            at += count;
            wrote += count;
          }
        },
        request,
        gone,
      );
    } catch {
      // They have gone, as they should.
    } finally {
      connection.close();
    }
  }

  const accepting = (async () => {
    for await (const connection of listener) {
      const attended = attend(connection).finally(() => connections.delete(attended));
      connections.add(attended);
    }
  })();
  const deserted = async () => void await Promise.all(connections);
  return {
    port: listener.addr.port,
    requests,
    wrote: () => wrote,
    deserted,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await deserted();
    },
  };
}

async function readRequest(connection: Deno.TcpConn): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(4096);
  let request = "";
  while (!request.includes("\r\n\r\n")) {
    const count = await connection.read(buffer);
    if (count === null) break;
    request += decoder.decode(buffer.subarray(0, count), { stream: true });
  }
  return request;
}

export function html(body: string, headers = "", type = "text/html; charset=utf-8"): string {
  return `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n${headers}Connection: close\r\n\r\n${body}`;
}

export function redirect(location: string): string {
  return `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
}

export interface TestWeb {
  web: Web;
  /** `address:port` of each connection that was begun. */
  dialled: string[];
  /** Names in the order they were looked up. */
  resolved: string[];
  /** Bytes that came in. */
  received(): number;
}

/**
 * The real thing, but for the names: they lead to 127.0.0.1, which counts as public, unless `hosts` says otherwise.
 * @param hosts addresses by name, or what is said to each look-up in turn
 */
export function testWeb(
  ports: number[],
  { hosts = {}, ...more }: Partial<WebOptions> & { hosts?: Record<string, string[] | (() => string[])> } = {},
): TestWeb {
  const dialled: string[] = [];
  const resolved: string[] = [];
  let received = 0;
  const web = createWeb({
    publicUrl: "https://parley.example",
    ports: [...ports, 80, 443],
    alsoPublic: new Set(["127.0.0.1"]),
    resolve(name) {
      resolved.push(name);
      const said = hosts[name] ?? ["127.0.0.1"];
      return Promise.resolve(typeof said === "function" ? said() : said);
    },
    watch: {
      dialled: (address, port) => void dialled.push(`${address}:${port}`),
      received: (bytes) => void (received += bytes),
    },
    ...more,
  });
  return { web, dialled, resolved, received: () => received };
}

const MEGABYTE = 1024 * 1024;

/** What is behind an address, or why nothing is taken. */
export async function taken(
  { web }: TestWeb,
  address: string,
  { patience = 5_000, ...ask }: Partial<WebAsk> & { patience?: number } = {},
): Promise<{ text: string; bytes: number; at: string } | RefusalReason> {
  const url = web.urlOf(address);
  if (!url) return "address";
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), patience);
  try {
    const whole: WebAsk = { types: ["text/html"], bytesMax: MEGABYTE, until: over.signal, ...ask };
    return await web.get(url, whole, async ({ url, body }) => {
      const parts: Uint8Array[] = await Array.fromAsync(body);
      const text = await new Blob(parts as BlobPart[]).text();
      return { text, bytes: parts.reduce((sum, { length }) => sum + length, 0), at: url.href };
    });
  } catch (error) {
    if (isWebRefusal(error)) return error.reason;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
