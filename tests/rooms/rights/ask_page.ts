/** What a browser without JavaScript is shown. */
import { ERRORS } from "../../../lib/protocol/errors.ts";
import type { Asking } from "./ask_rest.ts";
import { PASSWORD, putInvite } from "./rooms.ts";
import { CASES, type Wanted } from "./vocabulary.ts";

interface Shown {
  status: number;
  text: string;
  location: string;
  /** Of a refusal; `+` for a page or a way onwards. */
  sign: string;
}

/** Where one comes in. */
const DOORS = /^\/(guest|login|register)\b/;
const SAID = { "-": "NOT_A_MEMBER", w: "WRONG_PASSWORD", x: "ROOM_EXPIRED", k: "INVITE_NOT_FOUND" } as const;
const BY_STATUS: Record<number, string> = { 401: "u", 403: "f", 404: "n", 410: "c" };

export async function askPage(wanted: Wanted, asking: Asking): Promise<string> {
  const ask = ASKED[wanted];
  if (!ask) throw new Error(`nothing asks for ${wanted} by page`);
  return await ask(asking);
}

/** @throws Error when a refusal shows the room's words */
async function look(asking: Asking, path: string, form?: Record<string, string>): Promise<Shown> {
  const { node, who, people: { nobody }, stage } = asking;
  const headers: Record<string, string> = who && !who.cookies
    ? { authorization: `Bearer ${who.accessToken}` }
    : { cookie: who?.cookies ?? nobody.cookies };
  if (form) headers.origin = node.origin;
  const body = form && new URLSearchParams({ csrf: who ? who.csrf ?? "" : nobody.csrf, ...form });
  const method = form ? "POST" : "GET";
  const answer = await fetch(node.origin + path, {
    method,
    headers,
    redirect: "manual",
    ...(body && { body }),
  });
  const text = await answer.text();
  const [status, location] = [answer.status, answer.headers.get("location") ?? ""];
  const sign = signOf(status, location, text);
  if (sign !== "+" && !MAY_SHOW.has(sign) && text.includes(stage.word)) {
    throw new Error("a refusing page holds words of the room");
  }
  return { status, text, location, sign };
}

/** What is refused to somebody inside is said beside the room itself. */
const MAY_SHOW = new Set(["f", "c"]);

function signOf(status: number, location: string, text: string): string {
  if (status === 303 && DOORS.test(location)) return "u";
  if (status < 400) return "+";
  const said = Object.entries(SAID).find(([, code]) =>
    ERRORS[code][0] === status && text.includes(ERRORS[code][1])
  );
  return said?.[0] ?? BY_STATUS[status] ?? `status ${status}`;
}

const settingsPath = ({ stage }: Asking) => `/rooms/${stage.id}/settings`;
const step = (name: string, fields: (asking: Asking) => Record<string, string> = () => ({})) =>
async (
  asking: Asking,
) => {
  const shown = await look(asking, settingsPath(asking), { step: name, ...fields(asking) });
  const { sign, status, location } = shown;
  // Whoever sees the page is refused on it, which may have no place for the reason.
  if (sign === "-" && shown.text.includes(", settings ·")) return "f";
  return sign === "+" && status === 303 && !/\?done=|^\/dashboard/.test(location) ? `to ${location}` : sign;
};
const on = (whom: "victim" | "deputy" | "outcast") => ({ stage }: Asking) => ({ userId: stage[whom].id });

const ASKED: Partial<Record<Wanted, (asking: Asking) => Promise<string>>> = {
  async read(asking) {
    const { stage: { href, word, case: name }, people: { victim, deputy, outcast } } = asking;
    const signs = new Set<string>();
    for (const path of [href, `${href}?before=9`]) {
      const { sign, text } = await look(asking, path);
      const told = text.includes(word);
      signs.add(sign === "+" && !told ? "o" : sign);
      if (sign !== "+" && told) throw new Error("a refusing page holds words of the room");
      if (
        sign === "+" && !told && [victim, deputy, outcast].some(({ username }) => text.includes(username!))
      ) {
        throw new Error("the door shows who is inside");
      }
      if (sign !== "+" && name === "invite_slug" && text.includes(asking.stage.name)) {
        throw new Error("the door of a closed room names it");
      }
    }
    return [...signs].join(" and ");
  },

  async list(asking) {
    const { sign, text } = await look(asking, "/dashboard");
    return sign === "+" && !text.includes(`href="${asking.stage.href}"`) ? "0" : sign;
  },

  async find(asking) {
    const { stage: { case: name, href, name: title, word } } = asking;
    const path = CASES[name].kind === "language" ? "/lounges" : `/rooms?q=${encodeURIComponent(title)}`;
    const { sign, text } = await look(asking, path);
    if (text.includes(word)) throw new Error("the directory holds words of the room");
    return sign === "+" && !text.includes(`href="${href}"`) ? "0" : sign;
  },

  async preview(asking) {
    const { sign, status, text } = await look(asking, `/i/${asking.stage.invite}`);
    if (text.includes(asking.stage.word)) throw new Error("an invite shows words of the room");
    return status === 303 && sign === "+" ? "=" : sign;
  },

  async members(asking) {
    const { stage: { victim, others } } = asking;
    const { sign, text } = await look(asking, settingsPath(asking));
    return sign === "+" && !text.includes((others[0] ?? victim).username!) ? "0" : sign;
  },

  async bans(asking) {
    const { sign, text } = await look(asking, settingsPath(asking));
    return sign === "+" && !text.includes(asking.stage.outcast.username!) ? "0" : sign;
  },

  async send(asking) {
    const { stage: { href, word } } = asking;
    const form = { clientId: crypto.randomUUID(), body: `${word} written`, replyTo: "" };
    return (await look(asking, href, form)).sign;
  },

  async join(asking) {
    const { stage: { case: name, invite }, people, who } = asking;
    switch (CASES[name].kind) {
      case "password":
        return await byPassword(asking, PASSWORD);
      case "direct": {
        const all = [people.visitors.get("member")!, ...asking.stage.others];
        const usernames = all.filter(({ id }) => id !== who?.id).map(({ username }) => username!).join(" ");
        return entered(asking, await look(asking, "/dm/new", { usernames }));
      }
      default:
        return entered(asking, await look(asking, `/i/${invite}`, {}));
    }
  },

  async "join-bare"(asking) {
    if (CASES[asking.stage.case].kind === "password") return await byPassword(asking, "margarine");
    return entered(asking, await look(asking, asking.stage.href, { step: "join" }));
  },

  leave: step("leave"),
  invite: step("invite"),

  async revoke(asking) {
    const { stage: { id, victim, visitors }, node } = asking;
    const invite = await putInvite(node, id, (visitors.get("owner") ?? victim).id);
    return await step("revoke", () => ({ id: invite.id }))(asking);
  },

  kick: step("kick", on("victim")),
  "kick-moderator": step("kick", on("deputy")),
  "kick-owner": step(
    "kick",
    ({ stage: { visitors, victim } }) => ({ userId: (visitors.get("owner") ?? victim).id }),
  ),
  ban: step("ban", on("victim")),
  "ban-moderator": step("ban", on("deputy")),
  unban: step("unban", on("outcast")),
  promote: step("promote", on("victim")),
  demote: step("demote", on("deputy")),
  "hand-over": step("hand-over", on("victim")),
  settings: step("general", () => ({ topic: "Another topic" })),
  archive: (asking) => step(asking.stage.case === "archived_slug" ? "reopen" : "archive")(asking),
};

async function byPassword(asking: Asking, password: string): Promise<string> {
  return entered(asking, await look(asking, "/join", { roomName: asking.stage.name, password }));
}

/** Whoever is let in is led to the room. */
function entered({ stage: { href }, visitor }: Asking, { sign, location }: Shown): string {
  if (sign !== "+") return sign;
  if (location !== href) return "0";
  return ["member", "guest_in", "moderator", "owner"].includes(visitor) ? "=" : "+";
}
