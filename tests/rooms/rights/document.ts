/** The table of rights for people to read. */
import { type CaseTable, cells, TABLE } from "./table.ts";
import { ANSWERS, type Case, CASES, VISITORS, WANTED, type Way, WAYS } from "./vocabulary.ts";

const NAMES: Record<Way, string> = { rest: "REST", socket: "socket", page: "page" };

export function rightsDocument(): string {
  const titles = Object.entries(CASES) as [Case, { title: string }][];
  const asked = cells().filter(({ answer }) => answer !== ".").length;
  return `# Who may do what in a room

<!-- Written by tools/generate_rights.ts from tests/rooms/rights: change it there. -->

${
    asked.toLocaleString("en")
  } cells. Each is asked of a running Parley of two isolates by \`tests/rooms/rights_test.ts\`, with the room as others
left it on the other isolate; \`may()\` alone is held against it by \`tests/rooms/rights_pure_test.ts\`. How the answer is
found: [decision 18](decisions/0018-a-standing-for-each-room.md).

## How to read it

Visitors:

${bullets(VISITORS)}

Answers:

${list(ANSWERS, ({ means, code }) => code ? `${means} (\`${code}\`)` : means, "sign")}

A page says its refusals by status and words. On the page of settings both \`-\` and \`f\` are 403: \`-\` for those who do
not see the page, \`f\` beside what they do see.

What is wanted:

${list(WANTED, ({ means }) => means)}

${titles.map(([name, { title }]) => section(title, TABLE[name])).join("\n\n")}
`;
}

function section(title: string, { visitors, absent, lines }: CaseTable): string {
  const head = ["by", "wanted", ...visitors.map((visitor) => visitor.replace("_", " "))];
  const rows = lines.filter(({ answers }) => answers.some((answer) => answer !== "."))
    .toSorted((a, b) => WAYS.indexOf(a.way) - WAYS.indexOf(b.way))
    .map((
      { way, wanted, answers },
    ) => [NAMES[way], wanted.join(", "), ...answers.map((sign) => `\`${sign}\``)]);
  const why = Map.groupBy(Object.entries(absent), ([, reason]) => reason);
  const missing = [...why].map(([reason, who]) =>
    `${who.map(([visitor]) => visitor.replace("_", " ")).join(", ")} (${reason})`
  );
  return [
    `## ${title}`,
    "",
    row(head),
    row(head.map(() => "---")),
    ...rows.map(row),
    "",
    `Not there: ${missing.join("; ")}.`,
  ].join("\n");
}

function row(fields: readonly string[]): string {
  return `| ${fields.join(" | ")} |`;
}

function bullets(words: Record<string, string>): string {
  return Object.entries(words).map(([name, means]) => `- **${name.replace("_", " ")}**: ${means}`).join("\n");
}

function list<Value>(values: Record<string, Value>, tell: (value: Value) => string, as?: "sign"): string {
  return Object.entries(values).map(([name, value]) =>
    `- ${as === "sign" ? `\`${name}\`` : `**${name}**`}: ${tell(value)}`
  ).join("\n");
}
