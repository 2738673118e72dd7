/** What a program is told that asks by REST. */
import type { LoungeView, MyRoom } from "../../../lib/protocol/types.ts";
import type { RoomDetails } from "../../../lib/protocol/forms/rooms.ts";
import type { Node } from "../../support/node.ts";
import { bearerFetch } from "../../support/rooms.ts";
import type { People, Person } from "./people.ts";
import { PASSWORD, putInvite, type Stage } from "./rooms.ts";
import { ANSWERS, CASES, type Visitor, type Wanted } from "./vocabulary.ts";

/** Somebody who asks something of a room. */
export interface Asking {
  node: Node;
  people: People;
  stage: Stage;
  visitor: Visitor;
  /** `undefined` for nobody. */
  who: Person | undefined;
}

const SIGNS = Object.fromEntries(
  Object.entries(ANSWERS).flatMap(([sign, { code }]) => code ? [[code, sign]] : []),
);

/** The sign of an error code; the code itself when the table has none. */
export function signOf(code: string): string {
  return SIGNS[code] ?? code;
}

/** A sign, or several that differ, joined: one wish may be asked for at several addresses. */
export async function askRest(wanted: Wanted, asking: Asking): Promise<string> {
  const ask = ASKED[wanted];
  if (!ask) throw new Error(`nothing asks for ${wanted} by REST`);
  const signs = await ask(asking);
  return [...new Set(Array.isArray(signs) ? signs : [signs])].join(" and ");
}

interface Answer {
  ok: boolean;
  sign: string;
  text: string;
  // deno-lint-ignore no-explicit-any -- read field by field, as a foreign program would
  data: any;
}

/** @throws Error when a refusal lets out the room's words, or says more than it should */
async function read(response: Response, { stage }: Asking): Promise<Answer> {
  const text = await response.text();
  const json = response.headers.get("content-type")?.startsWith("application/json") ? JSON.parse(text) : null;
  const sign = response.ok ? "+" : signOf(json?.error?.code ?? `status ${response.status}`);
  if (!response.ok && text.includes(stage.word)) throw new Error("a refusal holds words of the room");
  return { ok: response.ok, sign, text, data: json?.data };
}

async function send(
  asking: Asking,
  method: string,
  path: string,
  body?: Record<string, unknown>,
): Promise<Answer> {
  const { node, who, people: { nobody } } = asking;
  if (who) return await read(await bearerFetch(node, who, path, { method, body }), asking);
  // Outside the API a program without a session stands where a browser does.
  const csrf = { cookie: nobody.cookies, "x-csrf-token": nobody.csrf, origin: node.origin };
  const headers: Record<string, string> = { ...(path.startsWith("/api/") ? {} : csrf) };
  if (body) headers["content-type"] = "application/json";
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  return await read(await fetch(node.origin + path, init), asking);
}

const get = (asking: Asking, path: string) => send(asking, "GET", path);
const slugRoute = ({ stage }: Asking, action: string) => `/api/rooms/slug/${stage.id}${action}`;

/** Words must be there when the answer is good. */
function wordsIn({ ok, sign, text }: Answer, { stage }: Asking): string {
  return ok && !text.includes(stage.word) ? "0" : sign;
}

const act =
  (action: string, body: (stage: Stage) => Record<string, unknown> = () => ({})) => async (asking: Asking) =>
    (await send(asking, "POST", slugRoute(asking, `/${action}`), body(asking.stage))).sign;
const on = (whom: "victim" | "deputy" | "outcast", more = {}) => (stage: Stage) => (
  { userId: stage[whom].id, ...more }
);

const ASKED: Partial<Record<Wanted, (asking: Asking) => Promise<string | string[]>>> = {
  async read(asking) {
    const { id } = asking.stage;
    const history = `/api/chatroom/rooms/${id}/messages`;
    const paths = [`/api/rooms/${id}`, history, `${history}?cursor=9&limit=3`];
    return await Promise.all(paths.map(async (path) => wordsIn(await get(asking, path), asking)));
  },

  async messages(asking) {
    const { id, ghost } = asking.stage;
    const names = [id, ...ghost ? [ghost.token] : []];
    return await Promise.all(
      names.map(async (name) => wordsIn(await get(asking, `/api/messages/${name}?limit=5`), asking)),
    );
  },

  async list(asking) {
    const { ok, sign, data } = await get(asking, "/api/rooms");
    return ok && !(data as MyRoom[]).some(({ id }) => id === asking.stage.id) ? "0" : sign;
  },

  async find(asking) {
    const { stage } = asking;
    const lounge = CASES[stage.case].kind === "language";
    const path = lounge
      ? "/api/chatroom/lounges"
      : `/api/rooms/directory?q=${encodeURIComponent(stage.name)}`;
    const { ok, sign, text, data } = await get(asking, path);
    if (text.includes(stage.word)) throw new Error("the directory holds words of the room");
    const rooms: { id: string }[] = lounge ? data.flatMap((one: LoungeView) => one.rooms) : data.rooms;
    return ok && !rooms.some(({ id }) => id === stage.id) ? "0" : sign;
  },

  async preview(asking) {
    const { invite, ghost, word } = asking.stage;
    const paths = ghost
      ? [`/api/rooms/${ghost.token}`, `/api/rooms/${ghost.token}/validate`]
      : [`/api/invites/${invite}`];
    return await Promise.all(paths.map(async (path) => {
      const { sign, text } = await get(asking, path);
      if (text.includes(word)) throw new Error("the door holds words of the room");
      return sign;
    }));
  },

  async members(asking) {
    const { ok, sign, data, text } = await get(asking, slugRoute(asking, ""));
    if (text.includes(asking.stage.word)) throw new Error("the list of members holds words of the room");
    if (!ok || (data as RoomDetails).members) return sign;
    const { room: _, role: __, memberCount: ___, ...more } = data as RoomDetails;
    if (Object.keys(more).length > 0) throw new Error(`the outside shows ${Object.keys(more)}`);
    return "o";
  },

  async bans(asking) {
    const { ok, sign, data } = await get(asking, slugRoute(asking, ""));
    return ok && !(data as RoomDetails).bans ? "0" : sign;
  },

  invites: async (asking) => (await get(asking, slugRoute(asking, "/invites"))).sign,
  invite: async (asking) => (await send(asking, "POST", slugRoute(asking, "/invites"), {})).sign,

  async revoke(asking) {
    const { stage: { id, victim, visitors }, node } = asking;
    const invite = await putInvite(node, id, (visitors.get("owner") ?? victim).id);
    return (await send(asking, "DELETE", slugRoute(asking, `/invites/${invite.id}`))).sign;
  },

  async join(asking) {
    const { stage } = asking;
    switch (CASES[stage.case].kind) {
      case "ghost": {
        const nickname = `new ${crypto.randomUUID().slice(0, 8)}`;
        return (await send(asking, "POST", `/api/rooms/${stage.ghost!.token}/join`, { nickname })).sign;
      }
      case "password":
        return await byPassword(asking, PASSWORD);
      case "direct":
        return await byNaming(asking);
      default: {
        const body = stage.invite ? { invite: stage.invite } : {};
        const { ok, sign, data } = await send(asking, "POST", slugRoute(asking, "/join"), body);
        return ok && !data.joined ? "=" : sign;
      }
    }
  },

  async "join-bare"(asking) {
    const { stage } = asking;
    const { kind } = CASES[stage.case];
    if (kind === "password") return await byPassword(asking, "margarine");
    if (kind === "ghost") {
      return (await send(asking, "POST", `/api/rooms/${stage.ghost!.token}x/join`, { nickname: "Nosy" }))
        .sign;
    }
    const { ok, sign, data } = await send(asking, "POST", slugRoute(asking, "/join"), {});
    return ok && !data.joined ? "=" : sign;
  },

  async leave(asking) {
    const { ghost } = asking.stage;
    const path = ghost ? `/api/rooms/${ghost.token}/leave` : slugRoute(asking, "/leave");
    return (await send(asking, "POST", path)).sign;
  },

  kick: act("kick", on("victim")),
  "kick-moderator": act("kick", on("deputy")),
  "kick-owner": act("kick", ({ visitors, victim }) => ({ userId: (visitors.get("owner") ?? victim).id })),
  ban: act("ban", on("victim")),
  "ban-moderator": act("ban", on("deputy", { hours: 2 })),
  unban: act("unban", on("outcast")),
  promote: act("promote", on("victim", { role: "moderator" })),
  demote: act("promote", on("deputy", { role: "member" })),
  "hand-over": act("hand-over", on("victim")),
  archive: act("archive", (stage) => ({ archived: stage.case !== "archived_slug" })),
  settings: async (asking) =>
    (await send(asking, "PATCH", slugRoute(asking, "/settings"), { topic: "Another topic" })).sign,

  async upload(asking) {
    const { node, who, stage: { ghost, id } } = asking;
    const body = new FormData();
    body.append("roomToken", ghost?.token ?? id);
    body.append("file", new Blob(["bytes"]), "a.txt");
    const headers: Record<string, string> = who ? { authorization: `Bearer ${who.accessToken}` } : {};
    return (await read(await fetch(`${node.origin}/api/upload`, { method: "POST", headers, body }), asking))
      .sign;
  },

  async file(asking) {
    const { id, file } = asking.stage;
    return wordsIn(await get(asking, `/api/rooms/${id}/files/${file}`), asking);
  },

  close: async (asking) => await closeWith(asking, asking.stage.ghost!.ownerKey),
  "close-bare": async (asking) => await closeWith(asking, "some-other-key-of-some-other-room"),
};

async function byPassword(asking: Asking, password: string): Promise<string> {
  const { id, name } = asking.stage;
  const { sign, ok, data } = await send(asking, "POST", "/join", { roomName: name, password });
  if (!ok) return sign;
  if (data.room.id !== id) return "another room";
  return ["member", "guest_in", "moderator", "owner"].includes(asking.visitor) ? "=" : "+";
}

/** Whoever names the same people means the same conversation; a stranger among them makes it another. */
async function byNaming(asking: Asking): Promise<string> {
  const { stage: { id, others }, people, who, visitor } = asking;
  const all = [people.visitors.get("member")!, ...others].filter((person) => person.id !== who?.id);
  const userIds = all.map((person) => person.id);
  const { sign, ok, data, text } = await send(asking, "POST", "/api/rooms/direct", { userIds });
  if (!ok) return sign;
  if (text.includes(asking.stage.word)) throw new Error("the conversation's own words come with it");
  if (data.room.id !== id) return "0";
  return visitor === "member" ? "=" : "+";
}

async function closeWith(asking: Asking, ownerKey: string): Promise<string> {
  const { token } = asking.stage.ghost!;
  return (await send(asking, "POST", `/api/rooms/${token}/close`, { ownerKey })).sign;
}
