import type { Sql } from "../../db/client.ts";
import type { Hit } from "../../db/queries/search.ts";
import { type FoundMessage, foundMessages } from "../../db/queries/search_results.ts";
import type { SearchResult } from "../protocol/forms/search.ts";
import { isWordless } from "../protocol/attachments.ts";
import { parseMarkdown } from "../protocol/markdown/parse.ts";
import { plainText } from "../protocol/markdown/plain_text.ts";
import type { UserId } from "../protocol/ids.ts";
import { doubtful, marksIn } from "./marks.ts";
import type { Question } from "./question.ts";
import { snippetOf } from "./snippet.ts";
import { Stems } from "./stems.ts";
import { wordsIn } from "./words.ts";

/** What is shown of hits, with the words that were found. Who may read is asked once more, as it stands now. */
export async function showHits(
  sql: Sql,
  hits: readonly Hit[],
  { terms }: Question,
  reader: { reader: UserId; red: boolean },
): Promise<SearchResult[]> {
  const messages = await foundMessages(sql, hits, reader);
  const stems = new Stems(sql);
  const texts = messages.flatMap(({ files, room, ...message }) =>
    [said({ ...message, files }), ...files.map(({ name }) => name)].map((text) => ({
      words: wordsIn(text),
      language: room.language ?? null,
    }))
  );
  await stems.learn(function* () {
    for (const { words, language } of texts) yield* doubtful(words, terms, language);
  }());
  return messages.map((message) => {
    const pieces = (text: string) =>
      snippetOf(text, marksIn(wordsIn(text), terms, message.room.language ?? null, stems));
    return resultOf(message, pieces);
  });
}

/** As it is read, not as it was typed: no markup, and no spoiler is given away. Files speak for themselves. */
function said({ body, files }: Pick<FoundMessage, "body" | "files">): string {
  return isWordless({ body, attachments: files }) ? "" : plainText(parseMarkdown(body));
}

function resultOf(
  { id, seq, room, author, createdAt, edited, body, files }: FoundMessage,
  pieces: (text: string) => SearchResult["snippet"],
): SearchResult {
  return {
    id,
    seq,
    room,
    author,
    createdAt,
    ...(edited && { edited }),
    snippet: pieces(said({ body, files })),
    files: files.map(({ name }) => pieces(name)),
  };
}
