import { z } from "zod";
import type { UserId } from "../ids.ts";
import { DIRECT_MAX } from "../limits.ts";
import { username } from "./fields.ts";

const others = DIRECT_MAX - 1;
const TOO_MANY = `Write to at most ${others} people at once.`;
const userId = z.string().regex(/^[1-9]\d{0,17}$/, "must be a decimal id").transform((id) => id as UserId);

/** `POST /api/rooms/direct`: with whom, by id, by username, or both. */
export const openDirect = z.strictObject({
  userIds: z.array(userId).max(others, TOO_MANY).default([]),
  usernames: z.array(z.string().max(40)).max(others, TOO_MANY).default([]),
}).refine(
  ({ userIds, usernames }) => userIds.length + usernames.length > 0,
  { message: "Say whom to write to.", path: ["usernames"] },
);
export type OpenDirect = z.output<typeof openDirect>;

/** The page's form: usernames in one field, parted by commas or spaces, with or without `@`. */
export const openDirectForm = z.strictObject({
  usernames: z.string("Say whom to write to.").transform((text) =>
    text.split(/[\s,;]+/).map((name) => name.replace(/^@/, "")).filter((name) => name !== "")
  ).pipe(z.array(username).min(1, "Say whom to write to.").max(others, TOO_MANY)),
});
