import { blockedIds } from "../../db/queries/blocks.ts";
import { pageBefore } from "../../db/queries/messages.ts";
import { findLanguageRoom } from "../../db/queries/rooms.ts";
import type { UserId } from "../protocol/ids.ts";
import { loadEmoji } from "../protocol/markdown/emoji.ts";
import type { Emoji } from "../protocol/markdown/plain_text.ts";
import { mayEnterLounge } from "../protocol/permissions.ts";
import type { LoungeView, Message, RoomInfo, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { loungesWithPeople } from "./lounges.ts";

/** The lounge that greets newcomers. */
const GREETING = "general";
const MESSAGES_SHOWN = 8;

interface LandingData {
  live?: {
    room: RoomInfo;
    href: string;
    messages: Message[];
    online: number;
    blocked: UserId[];
    emoji: Emoji;
  };
  lounges: LoungeView[];
}

/** The greeting lounge's last words, in the visitor's language where it has a room for it. */
export async function landingData(
  services: Services,
  viewer: Viewer | null,
  language: string,
): Promise<LandingData> {
  const lounges = await loungesWithPeople(services);
  const greeting = lounges.find(({ slug }) => slug === GREETING);
  // An admin may have made it RED: then it greets only those who asked for that.
  const rooms = greeting && mayEnterLounge(viewer, greeting.ageRating) ? greeting.rooms : [];
  const chosen = rooms.find((room) => room.language === language.split("-")[0]) ??
    rooms.find((room) => room.language === "en");
  const found = chosen && await findLanguageRoom(services.sql, GREETING, chosen.language);
  if (!chosen || !found) return { lounges };
  const [{ messages }, blocked, emoji] = await Promise.all([
    pageBefore(services.sql, chosen.id, { reader: viewer?.id ?? null, limit: MESSAGES_SHOWN }),
    viewer ? blockedIds(services.sql, viewer.id) : [],
    loadEmoji(),
  ]);
  const href = `/lounges/${GREETING}/${chosen.language}`;
  return { live: { room: found.info, href, messages, online: chosen.online, blocked, emoji }, lounges };
}
