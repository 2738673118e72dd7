/** Accounts, made as people make them, on machines that share no folder. */
import { readOutbox } from "../../lib/adapters/outbox.ts";
import type { Viewer } from "../../lib/protocol/types.ts";
import type { Machines } from "../support/machines.ts";
import { dataOf, type Guest, Visitor } from "../support/visitor.ts";
import { until } from "../support/wait.ts";

/** Asks for an account on one machine and confirms it on the other; whichever is free sends the code. */
export async function memberOf({ here, there }: Machines, username: string): Promise<Guest> {
  const email = `${username}@example.org`;
  const password = "correct horse battery";
  await dataOf(await new Visitor(here).post("/api/auth/register", { email, username, password }));
  const code = await until("a code", async () => {
    const sent = (await Promise.all([here, there].map(({ dataDir }) => readOutbox(dataDir)))).flat();
    return /\b\d{6}\b/.exec(sent.find(({ to }) => to === email)?.text ?? "")?.[0];
  });
  const visitor = new Visitor(there);
  const check = { purpose: "register", target: email, code, staySignedIn: false };
  const known = await dataOf<{ accessToken: string; user: Viewer }>(
    await visitor.post("/api/auth/verifyOTP", check),
  );
  return Object.assign(visitor, known);
}
