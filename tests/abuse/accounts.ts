/** The attacker's accounts: guests whose credentials are good, each at an address of its own. */
import { ticketFor } from "../support/socket.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { dataOf, type Place } from "../support/visitor.ts";

export interface Account {
  accessToken: string;
  /** As `X-Forwarded-For` says it. */
  address: string;
}

/** Comes in as so many guests. The server must trust one proxy, which is us. */
export async function accountsAt(place: Place, count: number): Promise<Account[]> {
  return await Promise.all(Array.from({ length: count }, async (_, index) => {
    const address = `10.66.${index >> 8}.${index & 0xff}`;
    const response = await fetch(`${place.origin}/api/auth/guest`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": address },
      body: JSON.stringify({ ageCategory: "_18PLUS" }),
    });
    const { accessToken } = await dataOf<{ accessToken: string }>(response);
    return { accessToken, address };
  }));
}

/** Asks for a socket as this account. @param headers laid over the honest ones */
export async function dial(
  place: Place,
  account: Account,
  headers: Record<string, string | null> = {},
): Promise<RawSocket> {
  const ticket = "sec-websocket-protocol" in headers ? "" : await ticketFor(place, account);
  return await RawSocket.ask(place, {
    origin: place.origin,
    "sec-websocket-protocol": `parley.v1, ticket.${ticket}`,
    "x-forwarded-for": account.address,
    ...headers,
  });
}
