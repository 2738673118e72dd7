import { findAccountDetails } from "../../db/queries/accounts.ts";
import { AppError } from "../errors.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { phonePlace } from "./contacts.ts";

/** Oneself, as `GET /api/auth/me` tells it. */
export interface AccountView extends Viewer {
  email: string | null;
  /** E.164. */
  phoneNumber: string | null;
  birthYear: number | null;
  bio: string;
  /** BCP 47. */
  languages: string[];
  /** ISO 8601. */
  createdAt: string;
  /** Whether signing in asks for a second factor. */
  totp: boolean;
}

/** The viewer and what only they may know of their account. */
export async function describeAccount({ sql, vault }: Services, viewer: Viewer): Promise<AccountView> {
  const details = await findAccountDetails(sql, viewer.id);
  if (!details) throw new AppError("NOT_FOUND");
  const { phoneSealed, createdAt, ...plain } = details;
  return {
    ...viewer,
    ...plain,
    phoneNumber: phoneSealed && await vault.open(phonePlace(viewer.id), phoneSealed),
    createdAt: createdAt.toISOString(),
  };
}
