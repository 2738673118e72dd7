import { expect } from "expect";
import { kvServerTest } from "../support/denokv.ts";
import { startMachines } from "../support/machines.ts";
import { connect, openSocket, ticketFor } from "../support/socket.ts";
import { guest, refusal, roomOf, Visitor } from "../support/visitor.ts";
import { before, until } from "../support/wait.ts";

/** The limits of section 2, of one address or person, over all machines. */
const GUESTS_AN_ADDRESS = 20;
const SOCKETS_AN_ACCOUNT = 10;
const MESSAGES_AT_ONCE = 10;

kvServerTest("limits are counted over both machines when somebody spreads over them", async (test) => {
  await using machines = await startMachines({ LIMITS_FACTOR: "1" });
  const { here, there } = machines;
  const ann = await guest(here, { name: "Ann" });

  await test.step("sockets of an account", async () => {
    const sockets = [];
    for (let index = 0; index < SOCKETS_AN_ACCOUNT; index++) {
      sockets.push(await connect(index % 2 ? here : there, ann));
    }
    // The newest count of the other machine is on its way for a moment.
    await until("a refusal", async () => {
      const one = openSocket(here, ["parley.v1", `ticket.${await ticketFor(here, ann)}`]);
      const opened = await Promise.race([
        one.take("welcome").then(() => true, () => false),
        one.closed.then(() => false),
      ]);
      if (opened) await one.close();
      return !opened;
    });
    await sockets.pop()!.close();
    sockets.push(await until("a place again", () => connect(there, ann)));
    for (const socket of sockets) await socket.close();
  });

  await test.step("messages of a person", async () => {
    const { id: roomId } = await roomOf(here);
    const sockets = [await connect(here, ann), await connect(there, ann)];
    let accepted = 0;
    for (let index = 0; index < 4 * MESSAGES_AT_ONCE; index++) {
      const frame = {
        type: "send_message",
        roomId,
        clientId: `many-${index}`,
        body: `Line ${index}`,
      } as const;
      if ((await sockets[index % 2]!.request(frame)).type === "ack") accepted++;
    }
    // Counted behind: each machine may let some through before it has heard of the other's.
    expect(accepted).toBeGreaterThanOrEqual(MESSAGES_AT_ONCE);
    expect(accepted).toBeLessThanOrEqual(2 * MESSAGES_AT_ONCE);
    const frame = { type: "send_message", roomId, clientId: "one-more", body: "One more" } as const;
    for (const socket of sockets) {
      expect(await before(socket.refused({ ...frame }), "a refusal")).toMatchObject({
        code: "RATE_LIMIT_EXCEEDED",
      });
      await socket.close();
    }
  });

  await test.step("guests of an address", async () => {
    for (let index = 1; index < GUESTS_AN_ADDRESS; index++) await guest(index % 2 ? here : there);
    for (const machine of [here, there]) {
      const answer = await new Visitor(machine).post("/api/auth/guest", { ageCategory: "_18PLUS" });
      await refusal(answer, 429, "RATE_LIMIT_EXCEEDED");
    }
  });
});
