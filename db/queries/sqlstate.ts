/**
 * The SQLSTATE of what Postgres refused. Told by its shape and not by its class: the built pages hold a copy of the
 * driver of their own.
 */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && error.name === "PostgresError" && "code" in error
    ? String(error.code)
    : undefined;
}

/** What else Postgres says of a refusal. */
export function detailOf(error: unknown): string {
  return error instanceof Error && "detail" in error && typeof error.detail === "string" ? error.detail : "";
}
