/** A room of each sort, in which everybody of the table stands where the table says. */
import bcrypt from "bcryptjs";
import { addInvite } from "../../../db/queries/invites.ts";
import { signAccessToken } from "../../../lib/auth/tokens.ts";
import { encodeBase64Url } from "../../../lib/base64url.ts";
import { type MessageId, messageIdOf, type RoomId, type UserId } from "../../../lib/protocol/ids.ts";
import { blobKey } from "../../../lib/uploads/directory.ts";
import type { Node } from "../../support/node.ts";
import { ghostIn, type MadeGhostRoom } from "../../support/rooms.ts";
import { idOfGhost, type People, type Person } from "./people.ts";
import { TABLE } from "./table.ts";
import { type Case, CASES, type Visitor } from "./vocabulary.ts";

export const PASSWORD = "butterbrot";
/** As cheap as bcrypt can be: every cell of a password room compares with it. */
export const CHEAP_HASH = await bcrypt.hash(PASSWORD, 4);

/** Words that are to be deleted, one a cell. */
const OTHERS_WORDS = 40;
const OWN_WORDS = 4;

export interface Stage {
  case: Case;
  id: RoomId;
  /** Stands in every message and file of the room, and nowhere else. */
  word: string;
  name: string;
  /** Its page. */
  href: string;
  /** Who stands before this room as what. */
  visitors: Map<Visitor, Person>;
  victim: Person;
  deputy: Person;
  outcast: Person;
  /** Others of a conversation. */
  others: Person[];
  own: Map<Visitor, MessageId[]>;
  /** The victim's. */
  anothers: MessageId[];
  /** One of those, which nobody takes. */
  kept: MessageId;
  file: string;
  ghost?: MadeGhostRoom;
  invite?: string;
}

export interface Made {
  id: RoomId;
  name: string;
  href: string;
  others?: Person[];
  ghost?: MadeGhostRoom;
}

/** The room with words, a file and an invite, and those who are only of this room. */
export async function furnish(node: Node, name: Case, people: People, made: Made): Promise<Stage> {
  const { services } = node;
  const word = `word${crypto.randomUUID().replaceAll("-", "")}`;
  const visitors = new Map([...people.visitors].filter(([visitor]) => !(visitor in TABLE[name].absent)));
  const { victim, deputy, outcast } = people;
  if (made.ghost) await admitGhosts(node, name, made, visitors);
  const invited = CASES[name].kind === "slug";
  const stage: Stage = {
    ...{ case: name, word, visitors, victim, deputy, outcast, others: [], ...made },
    own: new Map(),
    anothers: [],
    kept: messageIdOf(made.id, 1),
    file: await putFile(node, made.id, word),
    ...(invited && { invite: (await putInvite(node, made.id, visitors.get("owner")!.id)).token }),
  };
  const speakers = [...visitors].flatMap(([, { id }]) => Array<UserId>(OWN_WORDS).fill(id));
  const author = made.others?.[0]?.id ?? (made.ghost ? visitors.get("ghost_in")!.id : victim.id);
  const first = await speak(
    services.sql,
    made.id,
    [...speakers, ...Array<UserId>(OTHERS_WORDS).fill(author)],
    word,
  );
  const messages = Array.from(
    { length: speakers.length + OTHERS_WORDS },
    (_, index) => messageIdOf(made.id, first + index),
  );
  for (const visitor of visitors.keys()) stage.own.set(visitor, messages.splice(0, OWN_WORDS));
  // A ghost is the only one of their room who is there to be spoken over; what another ghost said would be as good.
  stage.anothers = made.ghost ? await ofAnotherGhost(node, stage) : messages;
  stage.kept = stage.anothers.pop()!;
  return stage;
}

/** Messages by these authors, one after the other, whatever the room thinks of them. @returns the first one's seq */
async function speak(
  sql: Node["services"]["sql"],
  room: RoomId,
  authors: UserId[],
  word: string,
): Promise<number> {
  const [row] = await sql<{ first: string }[]>`
    with moved as (
      update rooms set head_seq = head_seq + ${authors.length} where id = ${room}
      returning head_seq - ${authors.length} as head
    ), written as (
      insert into messages (room_id, seq, author_id, client_id, kind, body)
      select ${room}, head + ord, author, 'put-' || head + ord, 'TEXT', ${word} || ' ' || ord
      from moved, unnest(${authors}::bigint[]) with ordinality as a (author, ord)
    )
    select head + 1 as first from moved`;
  return Number(row!.first);
}

async function ofAnotherGhost(node: Node, { id, word, ghost }: Stage): Promise<MessageId[]> {
  const other = await ghostIn(node, ghost!, "Another").catch(() => null);
  if (!other) return Array.from({ length: OTHERS_WORDS }, () => messageIdOf(id, 1));
  const author = await idOfGhost(node, other.accessToken);
  const first = await speak(node.services.sql, id, Array<UserId>(OTHERS_WORDS).fill(author), word);
  return Array.from({ length: OTHERS_WORDS }, (_, index) => messageIdOf(id, first + index));
}

/** Into a room that still stands open; it ends afterwards. */
async function admitGhosts(
  node: Node,
  name: Case,
  made: Made,
  visitors: Map<Visitor, Person>,
): Promise<void> {
  for (const visitor of ["ghost_in", "left"] as const) {
    const { accessToken } = await ghostIn(node, made.ghost!, visitor === "left" ? "Gone" : "Within");
    const id = await idOfGhost(node, accessToken);
    visitors.set(visitor, { id, accessToken });
    if (visitor === "left") {
      const headers = { authorization: `Bearer ${accessToken}` };
      const answer = await fetch(`${node.origin}/api/rooms/${made.ghost!.token}/leave`, {
        method: "POST",
        headers,
      });
      await answer.body?.cancel();
    }
    if (name === "expired_ghost") {
      visitors.set(visitor, { id, accessToken: await outdated(node, accessToken, made.id) });
    }
  }
}

/** The same token, as it is once the room's time is over. */
async function outdated({ services }: Node, token: string, room: RoomId): Promise<string> {
  const { sub } = JSON.parse(atob(token.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/")));
  const endsAt = services.clock() - 1000;
  return await signAccessToken(services.config.accessTokenSecret, sub, services.clock, { room, endsAt });
}

export async function putInvite({ services }: Node, roomId: RoomId, createdBy: UserId) {
  const [id, token] = [crypto.randomUUID(), encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)))];
  const tokenHash = await services.vault.index("room invite", token);
  await addInvite(services.sql, {
    ...{
      id,
      roomId,
      createdBy,
      tokenHash,
      createdAt: new Date(services.clock()),
      expiresAt: null,
      maxUses: null,
    },
  });
  return { id, token };
}

async function putFile({ services: { sql, storage } }: Node, room: RoomId, word: string): Promise<string> {
  const id = crypto.randomUUID();
  const bytes = new TextEncoder().encode(word);
  await sql`
    insert into files (id, room_id, name, type, size, blob, message_seq, let_go_at)
    values (${id}, ${room}, 'words.txt', 'text/plain', ${bytes.length}, ${id}, 1, null)`;
  await storage.put(blobKey({ roomId: room, blob: id }), bytes, "application/octet-stream");
  return id;
}
