/** Somebody at a keyboard, as the server sees them: keeps cookies as a browser does, and names its page's origin. */
import { expect } from "expect";
import type { ErrorBody } from "../../lib/protocol/errors.ts";
import type { LoungeView, Viewer } from "../../lib/protocol/types.ts";
import type { LanguageRoomView } from "../../lib/protocol/types.ts";

/** Where a visitor's page comes from; a node or a server process. */
export interface Place {
  origin: string;
}

type Body = Record<string, unknown>;

export class Visitor {
  readonly cookies = new Map<string, string>();
  /** With `Max-Age`, as they were last set. */
  readonly setCookies: string[] = [];
  accessToken?: string;
  user?: Viewer;

  constructor(readonly place: Place) {}

  /** A request as this visitor's browser makes it: with cookies and, for writes, the page's origin. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0 && !headers.has("cookie")) headers.set("cookie", this.cookieHeader());
    const writes = !["GET", "HEAD"].includes(init.method ?? "GET");
    if (writes && !headers.has("origin")) headers.set("origin", this.place.origin);
    const response = await fetch(this.place.origin + path, { redirect: "manual", ...init, headers });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  /** A page or endpoint by GET, its body read. */
  async get(path: string, headers: HeadersInit = {}): Promise<{ response: Response; text: string }> {
    const response = await this.fetch(path, { headers });
    return { response, text: await response.text() };
  }

  /** Writes JSON, with the CSRF token when there is a session. */
  async post(path: string, body: Body = {}, headers: Record<string, string> = {}): Promise<Response> {
    const csrf: Record<string, string> = this.cookies.has(COOKIE.csrf)
      ? { "x-csrf-token": await this.csrf() }
      : {};
    return await this.fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...csrf, ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Sends a form as a page without JavaScript does. */
  async submit(path: string, fields: Record<string, string>, headers: HeadersInit = {}): Promise<Response> {
    const body = new URLSearchParams(fields);
    return await this.fetch(path, { method: "POST", body, headers });
  }

  async csrf(): Promise<string> {
    const response = await this.fetch("/api/auth/csrf", { method: "POST" });
    const { csrfToken } = await dataOf<{ csrfToken: string }>(response);
    return csrfToken;
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #keep(cookie: string): void {
    this.setCookies.push(cookie);
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
    if (/;\s*max-age=0/i.test(cookie)) this.cookies.delete(name!);
    else this.cookies.set(name!, value!);
  }
}

/** The names that browsers know our cookies by. */
export const COOKIE = {
  access: "__Host-parley-access",
  refresh: "__Host-parley-refresh",
  csrf: "__Host-parley-csrf",
} as const;

export interface GuestOptions {
  name?: string;
  /** Wants RED lounges too. */
  red?: boolean;
  /** Has seen a page, and so holds a CSRF token. */
  csrf?: boolean;
}

/** A visitor who has come in as a guest. */
export interface Guest extends Visitor {
  accessToken: string;
  user: Viewer;
}

export async function guest(
  place: Place,
  { name, red = false, csrf = false }: GuestOptions = {},
): Promise<Guest> {
  const visitor = new Visitor(place);
  const ageCategory = red ? "_18PLUS_RED" : "_18PLUS";
  const response = await visitor.post("/api/auth/guest", { ageCategory, ...(name && { nickname: name }) });
  const known = await dataOf<{ accessToken: string; user: Viewer }>(response);
  if (csrf) await visitor.csrf();
  return Object.assign(visitor, known);
}

/** `data` of a good answer. */
export async function dataOf<Data>(response: Response): Promise<Data> {
  const body = await response.json();
  expect({ status: response.status, ...body }).toMatchObject({ success: true });
  return body.data;
}

/** `error` of a refusal, which must have this status and code. */
export async function refusal(response: Response, status: number, code: string): Promise<ErrorBody> {
  const body = await response.json();
  expect({ status: response.status, body }).toMatchObject({
    status,
    body: { success: false, error: { code, message: expect.any(String) } },
  });
  return body.error;
}

/** A language room of a lounge. */
export async function roomOf(place: Place, lounge = "general", language = "en"): Promise<LanguageRoomView> {
  const lounges = await dataOf<LoungeView[]>(await fetch(`${place.origin}/api/chatroom/lounges`));
  return lounges.find(({ slug }) => slug === lounge)!.rooms.find((room) => room.language === language)!;
}
