import { devicesOf, removeDevice as deleteDevice, saveDevice } from "../../db/queries/push_subscriptions.ts";
import { AppError } from "../errors.ts";
import {
  type Device,
  DEVICES_MAX,
  type PushSubscriptionInput,
  type Unsubscription,
} from "../protocol/forms/notifications.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import type { Place } from "../vault/vault.ts";

/** Somebody, by one of their sessions. */
export interface Asker {
  /** The session's. */
  id: string;
  viewer: Viewer;
}

/** Where a sealed subscription stands. */
export function subscriptionPlace(id: string): Place {
  return { table: "push_subscriptions", column: "subscription_sealed", row: id };
}

/** The key that browsers subscribe with; null where this server sends none. */
export function pushKey({ push }: Pick<Services, "push">): string | null {
  return push?.publicKey ?? null;
}

/**
 * Has this browser told what its session's owner wants to be told of, until the session ends. The same browser again takes
 * its own place, whoever had it before.
 * @throws AppError NOT_FOUND where this server sends none, VALIDATION_FAILED for an address that is not asked, FORBIDDEN
 */
export async function addDevice(
  services: Services,
  session: Asker,
  { endpoint, keys }: PushSubscriptionInput,
): Promise<{ id: string }> {
  const { push, sql, vault, clock } = services;
  if (!push) throw new AppError("NOT_FOUND", { message: "This server does not send notifications." });
  const problem = await push.problemWith(endpoint);
  if (problem) throw new AppError("VALIDATION_FAILED", { message: problem, fields: { endpoint: problem } });
  const id = crypto.randomUUID();
  const device = {
    id,
    userId: session.viewer.id,
    sessionId: session.id,
    endpointHash: await hashOf(services, endpoint),
    subscriptionSealed: await vault.seal(subscriptionPlace(id), JSON.stringify({ endpoint, keys })),
    at: new Date(clock()),
  };
  await sql.begin(async (sql) => {
    if (await saveDevice(sql, device, DEVICES_MAX)) return;
    throw new AppError("FORBIDDEN", {
      message: `Notifications are on for ${DEVICES_MAX} devices already. Remove one first.`,
    });
  });
  return { id };
}

/** Harmless when it is not there, or not theirs. */
export async function removeDevice(
  services: Services,
  { viewer }: Asker,
  which: Unsubscription,
): Promise<void> {
  const match = "id" in which ? which : { endpointHash: await hashOf(services, which.endpoint) };
  await deleteDevice(services.sql, viewer.id, match);
}

/** The newest first. */
export async function listDevices({ sql, clock }: Services, session: Asker): Promise<Device[]> {
  const devices = await devicesOf(sql, session.viewer.id, new Date(clock()));
  return devices.map(({ id, sessionId, userAgent, createdAt, lastOkAt }) => ({
    id,
    current: sessionId === session.id,
    userAgent,
    createdAt: createdAt.toISOString(),
    reachedAt: lastOkAt?.toISOString() ?? null,
  }));
}

function hashOf({ vault }: Services, endpoint: string): Promise<Uint8Array> {
  return vault.index("push endpoint", endpoint);
}
