import { ADMIN_LOUNGES_HREF } from "../../components/links.ts";
import { admin } from "../../lib/http/guards.ts";

export const handlers = {
  /** The first of the pages there are for those who keep the house. */
  GET: admin((ctx) => ctx.redirect(ADMIN_LOUNGES_HREF, 303)),
};
