import type { HandlerReturn } from "fresh/types";
import { AppError } from "../errors.ts";
import { mayAdminister } from "../protocol/permissions.ts";
import type { Session } from "../auth/sessions.ts";
import type { Handle } from "./contract.ts";
import type { Ctx, State } from "./state.ts";

/**
 * Who may call a route. Each handler is wrapped in its guard, so that the declaration is the enforcement;
 * `fresh.gen.ts` lists them, and a test walks that list with every kind of visitor.
 */
export type Guard = "anyone" | "participant" | "signed-in" | "member" | "admin" | "ticket" | "development";

export type Guarded<Answer extends HandlerReturn> = Handle<Answer> & { readonly guard: Guard };

/** A request of somebody who has come in. */
export type SignedInCtx = Ctx & { state: State & { session: Session } };

/** Open to all, signed in or not. */
export function anyone<Answer extends HandlerReturn>(handle: Handle<Answer>): Guarded<Answer> {
  return guarded("anyone", handle);
}

/**
 * For whoever has a session, the ghosts of a ghost room too. Others get INVALID_SESSION, SESSION_EXPIRED when they had one,
 * or ROOM_EXPIRED or ROOM_INACTIVE when it went with its room.
 */
export function participant<Answer extends HandlerReturn>(
  handle: Handle<Answer, SignedInCtx>,
): Guarded<Answer> {
  return guarded("participant", handle, ({ state: { session, refused } }) => {
    if (!session) throw refused ?? new AppError("INVALID_SESSION");
  });
}

/** For guests and members. Ghosts, who exist in their room alone, get FORBIDDEN, others UNAUTHENTICATED. */
export function signedIn<Answer extends HandlerReturn>(handle: Handle<Answer, SignedInCtx>): Guarded<Answer> {
  return guarded("signed-in", handle, ({ state: { session } }) => {
    if (!session) throw new AppError("UNAUTHENTICATED");
    if (session.viewer.tier === "ghost") throw new AppError("FORBIDDEN");
  });
}

/** For members. Guests get FORBIDDEN, strangers UNAUTHENTICATED. */
export function member<Answer extends HandlerReturn>(handle: Handle<Answer, SignedInCtx>): Guarded<Answer> {
  return guarded("member", handle, ({ state: { session } }) => {
    if (!session) throw new AppError("UNAUTHENTICATED");
    if (session.viewer.tier !== "member") {
      throw new AppError("FORBIDDEN", { message: "That takes an account. Guests can make theirs into one." });
    }
  });
}

/** For those who keep the house. Other members and guests get FORBIDDEN, strangers UNAUTHENTICATED. */
export function admin<Answer extends HandlerReturn>(handle: Handle<Answer, SignedInCtx>): Guarded<Answer> {
  return guarded("admin", handle, ({ state: { session } }) => {
    if (!session) throw new AppError("UNAUTHENTICATED");
    if (!mayAdminister(session.viewer)) {
      throw new AppError("FORBIDDEN", { message: "That is for administrators." });
    }
  });
}

/** For the holder of a single-use ticket, which the handler itself takes: the socket's upgrade. */
export function ticketHolder<Answer extends HandlerReturn>(handle: Handle<Answer>): Guarded<Answer> {
  return guarded("ticket", handle);
}

/** There in development only; elsewhere the address does not exist. */
export function inDevelopment<Answer extends HandlerReturn>(handle: Handle<Answer>): Guarded<Answer> {
  return guarded("development", handle, ({ state: { services } }) => {
    if (!services.config.development) throw new AppError("NOT_FOUND");
  });
}

/** @param demand throws at those who may not call; those it lets by are what `Context` says. */
function guarded<Answer extends HandlerReturn, Context extends Ctx>(
  guard: Guard,
  handle: Handle<Answer, Context>,
  demand: (ctx: Ctx) => void = () => {},
): Guarded<Answer> {
  const checked = (ctx: Ctx) => {
    demand(ctx);
    return handle(ctx as Context);
  };
  return Object.assign(checked, { guard, contract: handle.contract });
}
