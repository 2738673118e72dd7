import { expect } from "expect";
import { layRows } from "../../components/room/rows.ts";
import type { ViewMessage } from "../../components/room/props.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { messageIdOf } from "../../lib/protocol/ids.ts";

const clock = { locale: "en-GB", timeZone: "Europe/Madrid", now: "2026-08-02T20:00:00.000Z" };
const ME = "7" as UserId;

function message(
  seq: number,
  author: string,
  createdAt: string,
  more: Partial<ViewMessage> = {},
): ViewMessage {
  return {
    id: messageIdOf("100" as RoomId, seq),
    seq,
    clientId: `c${seq}`,
    kind: "TEXT",
    body: `words ${seq}`,
    author: { id: author as UserId, name: `Person ${author}` },
    createdAt,
    attachments: [],
    ...more,
  };
}

const shape = (messages: ViewMessage[], readSeq?: number) =>
  layRows(messages, clock, readSeq, ME).map((row) =>
    row.kind === "message" ? `${row.first ? "first" : "next"} ${row.message.seq}` : row.kind
  );

Deno.test("messages of one author stand together while they are less than five minutes apart", () => {
  const rows = shape([
    message(1, "2", "2026-08-02T10:00:00.000Z"),
    message(2, "2", "2026-08-02T10:04:59.000Z"),
    message(3, "2", "2026-08-02T10:09:59.000Z"),
    message(4, "3", "2026-08-02T10:10:00.000Z"),
  ]);
  expect(rows).toEqual(["day", "first 1", "next 2", "first 3", "first 4"]);
});

Deno.test("an answer begins a group, because it says what it answers", () => {
  const rows = shape([
    message(1, "2", "2026-08-02T10:00:00.000Z"),
    message(2, "2", "2026-08-02T10:00:01.000Z", { replyTo: messageIdOf("100" as RoomId, 1) }),
  ]);
  expect(rows).toEqual(["day", "first 1", "first 2"]);
});

Deno.test("a day begins at midnight of the reader's zone, and is named from where the reader stands", () => {
  const rows = layRows([
    message(1, "2", "2026-08-01T21:59:59.000Z"),
    message(2, "2", "2026-08-01T22:00:01.000Z"),
  ], clock);
  expect(rows.filter((row) => row.kind === "day").map((row) => [row.date, row.label])).toEqual([
    ["2026-08-01", "Yesterday"],
    ["2026-08-02", "Today"],
  ]);
});

Deno.test("the new line stands once, before the first unread message of somebody else", () => {
  const at = "2026-08-02T10:00:00.000Z";
  const messages = [message(1, "2", at), message(2, "7", at), message(3, "2", at), message(4, "2", at)];
  expect(shape(messages, 1)).toEqual(["day", "first 1", "first 2", "new", "first 3", "next 4"]);
  expect(shape(messages, 4)).not.toContain("new");
  expect(shape(messages)).not.toContain("new");
});

Deno.test("a row keeps its key when its pending message is acknowledged", () => {
  const sent = message(9, "7", "2026-08-02T10:00:00.000Z");
  const pending = { ...sent, id: messageIdOf("100" as RoomId, 1), seq: 1, pending: true };
  expect(layRows([pending], clock).at(-1)?.key).toBe(layRows([sent], clock).at(-1)?.key);
});

const folds = (messages: ViewMessage[], blocked: string[], readSeq?: number) =>
  layRows(messages, clock, readSeq, ME, new Set(blocked as UserId[])).map((row) =>
    row.kind === "folded"
      ? row.rows.map(({ message: { seq } }) => seq)
      : row.kind === "message"
      ? row.message.seq
      : row.kind
  );

Deno.test("messages of blocked people are folded together while nothing stands between them", () => {
  const at = "2026-08-02T10:00:00.000Z";
  const messages = [
    message(1, "2", at),
    message(2, "3", at),
    message(3, "4", at),
    message(4, "2", at),
    message(5, "3", at),
    message(6, "3", "2026-08-02T23:00:00.000Z"),
  ];
  expect(folds(messages, ["3", "4"])).toEqual(["day", 1, [2, 3], 4, [5], "day", [6]]);
  expect(folds(messages, [])).toEqual(["day", 1, 2, 3, 4, 5, "day", 6]);
});

Deno.test("what blocked people say is not new to the reader", () => {
  const at = "2026-08-02T10:00:00.000Z";
  const messages = [message(1, "2", at), message(2, "3", at), message(3, "2", at)];
  expect(folds(messages, ["3"], 1)).toEqual(["day", 1, [2], "new", 3]);
  expect(folds(messages.slice(0, 2), ["3"], 1)).toEqual(["day", 1, [2]]);
});

Deno.test("a message that is not by a person is never folded", () => {
  const system = { ...message(1, "2", "2026-08-02T10:00:00.000Z"), author: null };
  expect(folds([system], ["2"])).toEqual(["day", 1]);
});
