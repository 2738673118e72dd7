import type { ErrorHandlerContext } from "fresh/types";
import { ErrorPage, type ErrorPageProps } from "../components/errors/ErrorPage.tsx";
import {
  ADMIN_HREF,
  DASHBOARD_HREF,
  guestHref,
  isHere,
  loginHref,
  ME_HREF,
  NEW_MESSAGE_HREF,
  NEW_ROOM_HREF,
  registerHref,
} from "../components/links.ts";
import { Shell } from "../components/layout/Shell.tsx";
import { AppError, isAppError } from "../lib/errors.ts";
import { failure } from "../lib/http/envelope.ts";
import { exchangeOf } from "../lib/http/exchange.ts";
import { isFrameworkError, logFailure } from "../lib/http/failures.ts";
import type { ErrorCode } from "../lib/protocol/errors.ts";

interface Data {
  path: string;
  page: ErrorPageProps;
}

export const handlers = {
  /** Answers for whatever was thrown, and for addresses that nothing answers. Says nothing of unexpected errors. */
  GET(ctx: ErrorHandlerContext) {
    const exchange = exchangeOf(ctx.req);
    logFailure(exchange, ctx.error);
    const error = asAppError(ctx.error);
    const { status, code, message, retryAfter } = error;
    const headers = new Headers(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) });
    if (hasAllowed(ctx.error)) headers.set("allow", ctx.error.allowed.join(", "));
    if (isProgram(ctx)) return failure(error, headers);
    const door = ctx.req.method === "GET" && doorFor(code, ctx.url.pathname);
    if (door) return ctx.redirect(door, 303);
    // A refusal in its own words; of all else the page knows better what to say.
    const text = isAppError(ctx.error) && code !== "NOT_FOUND" && code !== "INTERNAL" ? message : undefined;
    const page: ErrorPageProps = { status, text, requestId: status >= 500 ? exchange.requestId : undefined };
    const data: Data = { path: ctx.url.pathname, page };
    return { data, status, headers };
  },
};

/** Whoever asks the API, or sends JSON elsewhere, is answered in JSON. */
function isProgram({ req, url }: ErrorHandlerContext): boolean {
  return url.pathname.startsWith("/api/") ||
    !!req.headers.get("content-type")?.startsWith("application/json");
}

/** Pages that take an account. */
const OF_MEMBERS = [ME_HREF, NEW_ROOM_HREF, NEW_MESSAGE_HREF];

/** Coming in is all that is missing: where that is done, leading back here. */
function doorFor(code: ErrorCode, path: string): string | null {
  const forMembers = OF_MEMBERS.some((href) => isHere(path, href));
  const own = forMembers || [DASHBOARD_HREF, ADMIN_HREF].some((href) => isHere(path, href));
  if (code === "UNAUTHENTICATED") return own ? loginHref(path) : guestHref(path);
  // A guest, at the door of an account.
  return code === "FORBIDDEN" && forMembers ? registerHref(isHere(path, ME_HREF) ? undefined : path) : null;
}

function asAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (!isFrameworkError(error)) return new AppError("INTERNAL");
  return new AppError(
    error.status === 404 ? "NOT_FOUND" : error.status === 405 ? "METHOD_NOT_ALLOWED" : "INTERNAL",
  );
}

function hasAllowed(error: unknown): error is { allowed: string[] } {
  return typeof error === "object" && error !== null && "allowed" in error && Array.isArray(error.allowed);
}

export default function ErrorRoute({ data }: { data: Data }) {
  return (
    <Shell viewer={null} path={data.path}>
      <ErrorPage {...data.page} />
    </Shell>
  );
}
