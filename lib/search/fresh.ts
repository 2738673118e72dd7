import type { Sql } from "../../db/client.ts";
import { type Hit, matching, notInIndex } from "../../db/queries/search.ts";
import { isSaid } from "../../db/queries/search_index.ts";
import { documentOf, vectorOf } from "./document.ts";
import { doubtful } from "./marks.ts";
import type { Question } from "./question.ts";
import { Stems } from "./stems.ts";

/** Messages that are matched without the index, the newest ones: far more than are sent until it comes by again. */
const FRESH_MAX = 1_000;

/** Those messages that fit and were sent, or changed, since the index last came by. */
export async function freshHits(
  sql: Sql,
  question: Question,
  { ranked }: { ranked: boolean },
): Promise<Hit[]> {
  const left = new Set(question.without);
  const found = await notInIndex(sql, question.rooms.map(({ id }) => id), FRESH_MAX);
  const messages = found.filter((message) => isSaid(message) && !left.has(message.authorId));
  if (messages.length === 0) return [];
  const [stems, documents] = [new Stems(sql), messages.map(documentOf)];
  await stems.learn(function* () {
    for (const { message, words } of documents) yield* doubtful(words, question.terms, message.language);
  }());
  const fitting = await matching(sql, documents.map((document) => vectorOf(document, stems)), {
    queries: question.fresh,
    ...(ranked && question.ranked !== null && { rankBy: question.ranked }),
  });
  return fitting.map(({ index, score }) => {
    const { roomId, seq, at, editedAt } = messages[index]!;
    return { roomId, seq, at, editedAt, score };
  });
}
