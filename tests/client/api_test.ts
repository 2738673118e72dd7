import { expect } from "expect";
import { historyCall, ticketCall, writeCall } from "../../lib/client/api.ts";
import { ROOM } from "../protocol/room_model.ts";

type Call = { path: string; csrf?: string; credentials?: string };

/** A fetch that answers by a script and remembers what was asked. */
function scripted(...answers: (Response | Error)[]) {
  const calls: Call[] = [];
  const fetch = (path: string, init: RequestInit = {}) => {
    const csrf = new Headers(init.headers).get("X-CSRF-Token") ?? undefined;
    calls.push({ path, csrf, credentials: init.credentials });
    const answer = answers.shift()!;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { fetch, calls };
}

const ok = (data: unknown) => Response.json({ success: true, data });
const failed = (status: number, error: unknown) => Response.json({ success: false, error }, { status });

Deno.test("a ticket is asked for with the page's CSRF token", async () => {
  const { fetch, calls } = scripted(ok({ token: "t", expiresAt: "" }));
  expect((await ticketCall(writeCall(fetch, "c1"))()).token).toBe("t");
  expect(calls).toEqual([{ path: "/api/auth/ws-token", csrf: "c1", credentials: "same-origin" }]);
});

Deno.test("a CSRF token that has grown old is replaced once, and the new one kept", async () => {
  const old = failed(403, { code: "CSRF_FAILED", message: "old" });
  const { fetch, calls } = scripted(old, ok({ csrfToken: "c2" }), ok({ token: "t1" }), ok({ token: "t2" }));
  const ticket = ticketCall(writeCall(fetch, "c1"));
  expect([(await ticket()).token, (await ticket()).token]).toEqual(["t1", "t2"]);
  expect(calls.map((call) => call.csrf)).toEqual(["c1", undefined, "c2", "c2"]);
});

Deno.test("a refusal carries the server's code, words and wait", async () => {
  const { fetch } = scripted(failed(429, { code: "RATE_LIMIT_EXCEEDED", message: "Slower.", retryAfter: 4 }));
  const error = await ticketCall(writeCall(fetch, "c"))().catch((why) => why);
  expect(error).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", message: "Slower.", retryAfter: 4 });
});

Deno.test("no answer is a lost connection, and somebody else's error page is a server that is away", async () => {
  const { fetch } = scripted(new TypeError("failed"), new Response("<h1>502</h1>", { status: 502 }));
  const ticket = ticketCall(writeCall(fetch, "c"));
  expect(await ticket().catch((why) => why.code)).toBe("DISCONNECTED");
  expect(await ticket().catch((why) => why.code)).toBe("UNAVAILABLE");
});

Deno.test("history is asked for by cursor, fifty at a time", async () => {
  const page = { messages: [], nextCursor: null };
  const { fetch, calls } = scripted(ok(page));
  expect(await historyCall(fetch)(ROOM, "51")).toEqual(page);
  expect(calls[0]?.path).toBe("/api/chatroom/rooms/7/messages?cursor=51&limit=50");
});
