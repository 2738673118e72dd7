/** What goes into an export, file by file. */
import {
  type OwnAccount,
  ownAuditEntries,
  ownBlocks,
  ownInvites,
  ownMemberships,
  ownMessages,
  ownNotifications,
  ownPasskeys,
  ownReadPointers,
  type OwnRoom,
  ownSessions,
} from "../../db/queries/own_data.ts";
import { AVATAR_SIZES } from "../protocol/avatars.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { findAvatar } from "./avatars.ts";

const PAGE = 500;

const README = `This is everything that Parley keeps about you.

account.json         your profile, address and number
sessions.json        where and when you were signed in
passkeys.json        your passkeys' names (their secrets never left your devices)
blocks.json          people you blocked
rooms.json           rooms you are or were in, and your role there
invites.json         invites into rooms that you gave out
notifications.json   what you want to be told, and on which devices
read-pointers.json   how far you have read in each room
activity.json        what was noted about your account's security
messages/            what you wrote, a file for each room, edits and deleted messages included
avatar-*.webp        your picture, when you have one

Times are in UTC. Your password, codes and tokens are kept as hashes only and say nothing about you.
`;

interface ExportFile {
  name: string;
  input: string | Uint8Array<ArrayBuffer> | AsyncGenerator<string>;
}

/** The files about the account itself. */
export async function accountFiles(services: Services, account: OwnAccount): Promise<ExportFile[]> {
  const { sql } = services;
  const { id, phoneSealed, avatar, ...rest } = account;
  const place = { table: "users", column: "phone_sealed", row: id };
  const phoneNumber = phoneSealed && await services.vault.open(place, phoneSealed);
  const files = [
    { name: "README.txt", input: README },
    json("account.json", { id, ...rest, phoneNumber }),
    json("sessions.json", await ownSessions(sql, id)),
    json("passkeys.json", await ownPasskeys(sql, id)),
    json("blocks.json", await ownBlocks(sql, id)),
    json("rooms.json", await ownMemberships(sql, id)),
    json("invites.json", await ownInvites(sql, id)),
    json("notifications.json", await ownNotifications(sql, id)),
    json("read-pointers.json", await ownReadPointers(sql, id)),
    json("activity.json", await ownAuditEntries(sql, id)),
  ];
  return [...files, ...avatar ? await avatarFiles(services, avatar) : []];
}

async function avatarFiles(services: Services, key: string): Promise<ExportFile[]> {
  const files: ExportFile[] = [];
  for (const size of AVATAR_SIZES) {
    const input = await findAvatar(services, `${key}-${size}.webp`);
    if (input) files.push({ name: `avatar-${size}.webp`, input });
  }
  return files;
}

/** What they wrote in one room, read page by page while the file is being written. */
export function roomFile({ sql }: Services, userId: UserId, room: OwnRoom): ExportFile {
  async function* text(): AsyncGenerator<string> {
    yield `{"roomId":"${room.id}","room":${JSON.stringify(room.name)},"messages":[`;
    for (let after = "0", first = true;;) {
      const page = await ownMessages(sql, { userId, roomId: room.id, after, limit: PAGE });
      for (const message of page) {
        yield (first ? "\n" : ",\n") + JSON.stringify(message);
        first = false;
      }
      if (page.length < PAGE) break;
      after = page.at(-1)!.seq;
    }
    yield "\n]}\n";
  }
  return { name: `messages/room-${room.id}.json`, input: text() };
}

function json(name: string, value: unknown): ExportFile {
  return { name, input: JSON.stringify(value, null, 2) + "\n" };
}
