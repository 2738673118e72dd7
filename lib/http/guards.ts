import type { HandlerReturn } from "fresh/types";
import { AppError } from "../errors.ts";
import type { Session } from "../auth/sessions.ts";
import type { Ctx, State } from "./state.ts";

/**
 * Who may call a route. Each handler is wrapped in its guard, so that the declaration is the enforcement;
 * `fresh.gen.ts` lists them, and a test walks that list with every kind of visitor.
 */
export type Guard = "anyone" | "signed-in" | "member" | "ticket" | "development";

export type Handle<Answer extends HandlerReturn, Context = Ctx> = (ctx: Context) => Answer | Promise<Answer>;
export type Guarded<Answer extends HandlerReturn> = Handle<Answer> & { readonly guard: Guard };

/** A request of somebody who has come in. */
export type SignedInCtx = Ctx & { state: State & { session: Session } };

/** Open to all, signed in or not. */
export function anyone<Answer extends HandlerReturn>(handle: Handle<Answer>): Guarded<Answer> {
  return guarded("anyone", handle);
}

/** For guests and members. Others get UNAUTHENTICATED. */
export function signedIn<Answer extends HandlerReturn>(handle: Handle<Answer, SignedInCtx>): Guarded<Answer> {
  return guarded("signed-in", (ctx) => {
    if (!ctx.state.session) throw new AppError("UNAUTHENTICATED");
    return handle(ctx as SignedInCtx);
  });
}

/** For members. Guests get FORBIDDEN, strangers UNAUTHENTICATED. */
export function member<Answer extends HandlerReturn>(handle: Handle<Answer, SignedInCtx>): Guarded<Answer> {
  return guarded("member", (ctx) => {
    if (!ctx.state.session) throw new AppError("UNAUTHENTICATED");
    if (ctx.state.session.viewer.tier !== "member") {
      throw new AppError("FORBIDDEN", { message: "That takes an account. Guests can make theirs into one." });
    }
    return handle(ctx as SignedInCtx);
  });
}

/** For the holder of a single-use ticket, which the handler itself takes: the socket's upgrade. */
export function ticketHolder<Answer extends HandlerReturn>(handle: Handle<Answer>): Guarded<Answer> {
  return guarded("ticket", handle);
}

/** There in development only; elsewhere the address does not exist. */
export function inDevelopment<Answer extends HandlerReturn>(handle: Handle<Answer>): Guarded<Answer> {
  return guarded("development", (ctx) => {
    if (!ctx.state.services.config.development) throw new AppError("NOT_FOUND");
    return handle(ctx);
  });
}

function guarded<Answer extends HandlerReturn>(guard: Guard, handle: Handle<Answer>): Guarded<Answer> {
  return Object.assign((ctx: Ctx) => handle(ctx), { guard });
}
