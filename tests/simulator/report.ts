import type { Fault } from "./ledger.ts";

export interface Report {
  seed: number;
  seconds: number;
  /** Different messages that were acknowledged. */
  acked: number;
  /** Acknowledged edits, deletions and reactions. */
  changes: number;
  /** Log entries given to clients, over all of them. */
  delivered: number;
  /** Of all rooms' logs, in the database. */
  entries: number;
  /** Clients that were not sent out, and how many of them showed what a fresh fetch does. */
  clients: number;
  views: number;
  /** Lane and kind → how often. */
  faults: Record<string, number>;
  /** What people were told about messages that failed → how often. */
  failures: Record<string, number>;
  violations: Partial<Record<Fault, number>>;
  /** The first of each sort. */
  descriptions: string[];
  plan: string[];
  /** The server's. */
  lastLines: string[];
}

export function isGood({ violations, views, clients }: Report): boolean {
  return Object.keys(violations).length === 0 && views === clients;
}

/** What a run came to, as a table. */
export function tableOf(report: Report): string {
  const { faults, violations } = report;
  const count = (...names: string[]) => names.reduce((sum, name) => sum + (faults[name] ?? 0), 0);
  const rows: [string, string | number][] = [
    ["seed", report.seed],
    ["seconds", Math.round(report.seconds)],
    ["messages acknowledged", report.acked],
    ["changes acknowledged", report.changes],
    ["entries in the logs", report.entries],
    ["entries delivered", report.delivered],
    ["kills of the server", count("server kill")],
    ["restarts of Postgres", count("postgres fast", "postgres immediate")],
    [
      "other faults",
      Object.values(faults).reduce((sum, n) => sum + n, 0) -
      count("server kill", "postgres fast", "postgres immediate"),
    ],
    ["lost", violations.lost ?? 0],
    ["twice", violations.twice ?? 0],
    ["out of order", violations["out of order"] ?? 0],
    ["gaps", violations.gap ?? 0],
    ["after losing the right", violations.rights ?? 0],
    ["wrong unread counts", violations.unread ?? 0],
    ["crashes", violations.crash ?? 0],
    ["views equal to the log", `${report.views} of ${report.clients}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}
