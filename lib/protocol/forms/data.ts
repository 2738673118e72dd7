/** What is asked of those who take their data away. */
import { z } from "zod";
import { password } from "./fields.ts";

/** `POST /api/me/erase`. */
export const accountErasure = z.strictObject({ password });
