/** The table of rights against `may()` alone: no change there goes unnoticed, and it takes no time to see. */
import { expect } from "expect";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { type Action, ACTIONS, may } from "../../lib/protocol/permissions.ts";
import type { RoomInfo, RoomKind, Standing, Viewer } from "../../lib/protocol/types.ts";
import { rightsDocument } from "./rights/document.ts";
import { cells, TABLE } from "./rights/table.ts";
import { type Case, CASES, NOT_ASKED_OF_MAY, ROW_OF, type Visitor, VISITORS } from "./rights/vocabulary.ts";

const ROOM = "7" as RoomId;
const COMMON = { id: ROOM, name: "Room", topic: "", dir: "ltr" } as const;
const LOUNGE = { id: "1", slug: "l", name: "L", ageRating: "_18PLUS" } as NonNullable<RoomInfo["lounge"]>;
const person = (id: string) => ({ id: id as UserId, name: `P${id}` });

const ROOMS: Record<Case, RoomInfo> = {
  language: { ...COMMON, kind: "language", lounge: LOUNGE },
  red: { ...COMMON, kind: "language", lounge: { ...LOUNGE, ageRating: "_18PLUS_RED" } },
  closed_language: { ...COMMON, kind: "language", lounge: LOUNGE, archived: true },
  public_slug: { ...COMMON, kind: "slug", slug: "room", visibility: "public" },
  invite_slug: { ...COMMON, kind: "slug", slug: "room", visibility: "invite" },
  archived_slug: { ...COMMON, kind: "slug", slug: "room", visibility: "public", archived: true },
  password: { ...COMMON, kind: "password" },
  ghost: { ...COMMON, kind: "ghost", capacity: 50, endsAt: "2100-01-01T00:00:00Z" },
  expired_ghost: { ...COMMON, kind: "ghost", capacity: 50, endsAt: "2000-01-01T00:00:00Z" },
  closed_ghost: { ...COMMON, kind: "ghost", capacity: 50, endsAt: "2100-01-01T00:00:00Z" },
  direct_two: { ...COMMON, kind: "direct", people: [person("1"), person("2")] },
  blocked_two: { ...COMMON, kind: "direct", people: [person("1"), person("2")] },
  direct_three: { ...COMMON, kind: "direct", people: [person("1"), person("2"), person("3")] },
};

const ACCOUNT: Viewer = {
  id: "1" as UserId,
  name: "A",
  tier: "member",
  ageCategory: "_18PLUS",
  role: "USER",
};
const GUEST: Viewer = { ...ACCOUNT, tier: "guest" };
const VIEWERS: Record<Visitor, [Viewer | null, Standing]> = {
  nobody: [null, { role: null }],
  guest: [GUEST, { role: null }],
  red_guest: [{ ...GUEST, ageCategory: "_18PLUS_RED" }, { role: null }],
  ghost_in: [{ ...ACCOUNT, tier: "ghost", room: ROOM }, { role: "member" }],
  ghost: [{ ...ACCOUNT, tier: "ghost", room: "8" as RoomId }, { role: null }],
  stranger: [ACCOUNT, { role: null }],
  red_member: [{ ...ACCOUNT, ageCategory: "_18PLUS_RED" }, { role: null }],
  member: [ACCOUNT, { role: "member" }],
  guest_in: [GUEST, { role: "member" }],
  left: [ACCOUNT, { role: null, former: "left" }],
  kicked: [ACCOUNT, { role: null, former: "kicked" }],
  banned: [ACCOUNT, { role: null, former: "kicked", banned: true }],
  moderator: [ACCOUNT, { role: "moderator" }],
  owner: [ACCOUNT, { role: "owner" }],
  staff: [{ ...ACCOUNT, role: "MODERATOR" }, { role: null }],
  admin: [{ ...ACCOUNT, role: "ADMIN" }, { role: null }],
};

Deno.test("may() says of every action what the table says", () => {
  const all = cells();
  const wrong: string[] = [];
  let asked = 0;
  for (const name of Object.keys(CASES) as Case[]) {
    const { kind, ...rest } = CASES[name];
    // Of what is over nobody asks may(): openRoom() has refused before.
    if ("over" in rest) continue;
    for (const action of ACTIONS) {
      if (NOT_ASKED_OF_MAY[kind]?.includes(action)) continue;
      const { way, wanted } = ROW_OF[action];
      for (const visitor of TABLE[name].visitors) {
        const cell = all.find((one) =>
          one.case === name && one.way === way && one.wanted === wanted && one.visitor === visitor
        )!;
        asked++;
        if (said(name, visitor, action) !== (cell.answer === "+")) {
          wrong.push(`${name} ${action} by ${visitor}: the table has ${cell.answer}`);
        }
      }
    }
  }
  console.log(`may() was asked ${asked} times`);
  expect(wrong).toEqual([]);
});

Deno.test("may() refuses everybody who cannot be in such a room, whatever their standing says", () => {
  const refused = ["read", "send"] as const;
  const wrong = (["public_slug", "invite_slug", "password", "ghost", "direct_two"] as const).flatMap((name) =>
    (["ghost", "stranger", "guest", "staff", "admin", "nobody"] as const satisfies Visitor[]).flatMap((
      visitor,
    ) =>
      refused.filter((action) => said(name, visitor, action)).map((action) => `${name} ${action} ${visitor}`)
    )
  );
  expect(wrong).toEqual([]);
  // A ghost's row in another room, or an account's in a ghost room, opens nothing.
  const [ghost] = VIEWERS.ghost;
  const [account] = VIEWERS.member;
  for (const action of ACTIONS) {
    expect(may(ghost, action, ROOMS.public_slug, { role: "owner" })).toBe(false);
    expect(may(account, action, ROOMS.ghost, { role: "owner" })).toBe(false);
  }
});

Deno.test("the table has a column for every action, visitor and kind of room", () => {
  expect(Object.keys(ROW_OF).toSorted()).toEqual([...ACTIONS].toSorted());
  // A new kind does not compile until it stands here, and does not pass until it has a table.
  const every: Record<RoomKind, true> = {
    language: true,
    slug: true,
    password: true,
    ghost: true,
    direct: true,
  };
  expect(new Set(Object.values(CASES).map(({ kind }) => kind))).toEqual(new Set(Object.keys(every)));
  for (const visitor of Object.keys(VISITORS) as Visitor[]) {
    const somewhere = Object.values(TABLE).some(({ visitors }) => visitors.includes(visitor));
    expect([visitor, somewhere]).toEqual([visitor, true]);
  }
});

function said(name: Case, visitor: Visitor, action: Action): boolean {
  const [viewer, standing] = VIEWERS[visitor];
  const blocked = name === "blocked_two" && standing.role !== null;
  return may(viewer, action, ROOMS[name], { ...standing, ...(blocked && { blocked }) });
}

Deno.test("docs/rights.md is what the table says", async () => {
  const written = await Deno.readTextFile(new URL("../../docs/rights.md", import.meta.url));
  // When this fails: deno run -A tools/generate_rights.ts
  expect(written === rightsDocument()).toBe(true);
});
