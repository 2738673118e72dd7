import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { changeSettings, readSettings } from "../../../lib/notifications/settings.ts";
import { settingsChange } from "../../../lib/protocol/forms/notifications.ts";

export const handlers = {
  /** `{directLevel, roomsLevel, hideWords, quiet, mutedUntil, rooms, devices}`; times of `quiet` in minutes since midnight. */
  GET: member(async ({ state: { services, session } }) => ok(await readSettings(services, session))),

  /** Any of `{directLevel, roomsLevel, hideWords, quiet, mutedUntil}` → all of them. */
  PUT: member(takes(settingsChange, async ({ state: { services, session } }, change) => {
    await changeSettings(services, session.viewer, change);
    return ok(await readSettings(services, session));
  })),
};
