import { anyone } from "../../lib/http/guards.ts";

export const handlers = {
  /** Where password managers take people who want to change a password (W3C, A Well-Known URL for Changing Passwords). */
  GET: anyone((ctx) => ctx.redirect("/me/security#password", 303)),
};
