/** The table of rights, read: every sort of room × way × wish × visitor has its answer, or reading it fails. */
import * as direct from "./direct.ts";
import * as ghosts from "./ghosts.ts";
import * as lounges from "./lounges.ts";
import * as password from "./password.ts";
import * as slug from "./slug.ts";
import {
  ANSWERS,
  type Case,
  CASES,
  type Visitor,
  VISITORS,
  WANTED,
  type Wanted,
  type Way,
  WAYS,
} from "./vocabulary.ts";

interface Written {
  /** Visitors that there cannot be in such a room, and why. */
  absent: Partial<Record<Visitor, string>>;
  table: string;
}

/** A sort of room that is missing here does not compile. */
const WRITTEN: Record<Case, Written> = {
  ...{ language: lounges.language, red: lounges.red, closed_language: lounges.closed_language },
  ...{ public_slug: slug.public_slug, invite_slug: slug.invite_slug, archived_slug: slug.archived_slug },
  password: password.password,
  ...{ ghost: ghosts.ghost, expired_ghost: ghosts.expired_ghost, closed_ghost: ghosts.closed_ghost },
  ...{ direct_two: direct.direct_two, blocked_two: direct.blocked_two, direct_three: direct.direct_three },
};

/** A line of the table: what several wishes by one way are answered, visitor for visitor. */
export interface Line {
  way: Way;
  wanted: Wanted[];
  /** In the order of {@link CaseTable.visitors}. */
  answers: string[];
}

export interface CaseTable {
  visitors: Visitor[];
  absent: Partial<Record<Visitor, string>>;
  lines: Line[];
}

export interface Cell {
  case: Case;
  way: Way;
  wanted: Wanted;
  visitor: Visitor;
  /** A sign of {@link ANSWERS}. */
  answer: string;
}

export const TABLE = Object.fromEntries(
  Object.entries(WRITTEN).map(([name, written]) => [name, read(name, written)]),
) as Record<Case, CaseTable>;

/** All of them, those without such a way too. */
export function cells(): Cell[] {
  return (Object.keys(CASES) as Case[]).flatMap((name) =>
    TABLE[name].lines.flatMap(({ way, wanted, answers }) =>
      wanted.flatMap((one) =>
        TABLE[name].visitors.map((visitor, index) => (
          { case: name, way, wanted: one, visitor, answer: answers[index]! }
        ))
      )
    )
  );
}

function read(name: string, { absent, table }: Written): CaseTable {
  const [head, ...rest] = table.split("\n").filter((line) => line.trim() !== "");
  const visitors = head!.trim().split(/ +/) as Visitor[];
  demandSame(`visitors of ${name}`, [...visitors, ...Object.keys(absent)], Object.keys(VISITORS));
  const lines: Line[] = [];
  let way: Way | undefined;
  for (const line of rest) {
    const words = line.trim().split(/ +/);
    if (words.length === 1) {
      way = WAYS.find((known) => known === words[0]);
      continue;
    }
    const answers = words.splice(-visitors.length);
    const strange = answers.find((answer) => !(answer in ANSWERS));
    if (!way || strange !== undefined || words.length === 0) {
      throw new Error(`${name}: cannot read “${line}”`);
    }
    lines.push({ way, wanted: words as Wanted[], answers });
  }
  for (const one of WAYS) {
    const written = lines.filter(({ way }) => way === one).flatMap(({ wanted }) => wanted);
    const wanted = Object.entries(WANTED).filter(([, { ways }]) => (ways as readonly Way[]).includes(one));
    demandSame(`what is wanted by ${one} of ${name}`, written, wanted.map(([key]) => key));
  }
  return { visitors, absent, lines };
}

/** @throws Error naming what is missing, unknown or written twice */
function demandSame(what: string, written: string[], wanted: string[]): void {
  const missing = wanted.filter((one) => !written.includes(one));
  const wrong = written.filter((one, index) => !wanted.includes(one) || written.indexOf(one) !== index);
  if (missing.length + wrong.length > 0) {
    throw new Error(
      `${what}: missing ${missing.join(", ") || "none"}; unknown or twice ${wrong.join(", ") || "none"}`,
    );
  }
}
