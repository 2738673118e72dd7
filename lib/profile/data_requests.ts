/** Taking one's data along, and taking it away: jobs that a person asks for and looks at. */
import { checkPassword } from "../auth/password_change.ts";
import { AppError } from "../errors.ts";
import type { JobStatus } from "../jobs/queue.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { EXPORT_LIFE, findExport } from "./export_files.ts";

/** An export as its owner may know it. */
export interface ExportView extends JobStatus {
  /** Until when it can be fetched, ISO 8601. */
  expiresAt: string;
}

/** Begins an export, unless one is under way: that one is the answer then. */
export async function requestExport(services: Services, userId: UserId): Promise<ExportView> {
  return viewOf(await begin(services, userId, "export-data"));
}

/** Newest first; those that can be fetched no more are left out. */
export async function listExports({ jobs, clock }: Services, userId: UserId): Promise<ExportView[]> {
  const views = (await jobs.ofUser(userId, "export-data")).map(viewOf);
  return views.filter(({ expiresAt }) => Date.parse(expiresAt) > clock());
}

/** @throws AppError NOT_FOUND when it is somebody else's, not ready, or too old. */
export async function openExport(services: Services, userId: UserId, jobId: string) {
  const own = (await listExports(services, userId)).find(({ id, state }) => id === jobId && state === "done");
  const file = own && await findExport(services, jobId);
  if (!file) throw new AppError("NOT_FOUND");
  return { bytes: file.bytes, type: file.type, name: `parley-${own.createdAt.slice(0, 10)}.zip` };
}

/**
 * Begins the erasure of an account. Somebody who only found the browser open cannot.
 * @throws AppError INVALID_CREDENTIALS with the field, RATE_LIMIT_EXCEEDED
 */
export async function requestErasure(
  services: Services,
  userId: UserId,
  password: string,
): Promise<JobStatus> {
  await services.limits.spend("changePassword", userId);
  if (!await checkPassword(services, userId, password)) {
    const message = "That is not your password.";
    throw new AppError("INVALID_CREDENTIALS", { message, fields: { password: message } });
  }
  return await begin(services, userId, "erase-account");
}

async function begin(
  { jobs }: Services,
  userId: UserId,
  kind: "export-data" | "erase-account",
): Promise<JobStatus> {
  const known = (await jobs.ofUser(userId, kind)).find(({ state }) =>
    state === "waiting" || state === "running"
  );
  if (known) return known;
  const id = await jobs.enqueue(kind, { userId }, { userId });
  return (await jobs.ofUser(userId, kind)).find((job) => job.id === id)!;
}

function viewOf(job: JobStatus): ExportView {
  return { ...job, expiresAt: new Date(Date.parse(job.createdAt) + EXPORT_LIFE).toISOString() };
}
