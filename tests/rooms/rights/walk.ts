/** Asks every cell of the table, and says which were answered otherwise. */
import type { Node } from "../../support/node.ts";
import { askPage } from "./ask_page.ts";
import { type Asking, askRest } from "./ask_rest.ts";
import { askSocket, Sockets } from "./ask_socket.ts";
import { EFFECTS, stateOf } from "./effects.ts";
import { freshRoom } from "./fresh_rooms.ts";
import type { People } from "./people.ts";
import type { Stage } from "./rooms.ts";
import { sharedRoom } from "./shared_rooms.ts";
import { type Cell, cells } from "./table.ts";
import type { Case, Way } from "./vocabulary.ts";

export interface Walk {
  /** `public_slug rest kick by member: f expected, + found` */
  wrong: string[];
  asked: Record<Way, number>;
  /** Cells that say that there is no such way. */
  without: number;
}

export async function walk(nodes: Node[], people: People, name: Case): Promise<Walk> {
  const stage = await sharedRoom(nodes, people, name);
  const { sql } = nodes[0]!.services;
  const before = await stateOf(sql, stage.id);
  const sockets = new Sockets();
  const done: Walk = { wrong: [], asked: { rest: 0, socket: 0, page: 0 }, without: 0 };
  const byVisitor = Map.groupBy(cells().filter((cell) => cell.case === name), ({ visitor }) => visitor);
  await Promise.all([...byVisitor.values()].map(async (theirs) => {
    let turn = 0;
    for (const cell of theirs) {
      if (cell.answer === ".") {
        done.without++;
        continue;
      }
      const node = nodes[turn++ % nodes.length]!;
      const found = await answerTo(cell, { nodes, node, people, stage, sockets });
      done.asked[cell.way]++;
      if (found !== cell.answer) {
        done.wrong.push(
          `${name} ${cell.way} ${cell.wanted} by ${cell.visitor}: ${cell.answer} expected, ${found} found`,
        );
      }
    }
  }));
  await sockets.close();
  const after = await stateOf(sql, stage.id);
  if (after !== before) done.wrong.push(`${name}: refusals changed the room from ${before} to ${after}`);
  return done;
}

interface Surroundings {
  nodes: Node[];
  node: Node;
  people: People;
  stage: Stage;
  sockets: Sockets;
}

/** Cells that change a room have one of their own. */
async function answerTo(
  cell: Cell,
  { nodes, node, people, stage: shared, sockets }: Surroundings,
): Promise<string> {
  const { way, wanted, visitor, answer } = cell;
  const effect = answer === "+" ? EFFECTS[wanted] : undefined;
  try {
    const stage = effect ? await freshRoom(nodes[0]!, people, cell.case) : shared;
    const asking: Asking = { node, people, stage, visitor, who: stage.visitors.get(visitor) };
    const found = way === "rest"
      ? await askRest(wanted, asking)
      : way === "page"
      ? await askPage(wanted, asking)
      : await askSocket(sockets, wanted, asking);
    if (found !== "+" || !effect) return found;
    return await effect(node.services.sql, stage, visitor) ? "+" : "done in words only";
  } catch (error) {
    return String(error);
  }
}
