import { answers } from "../../../../../lib/http/contract.ts";
import { participant } from "../../../../../lib/http/guards.ts";
import { openFile } from "../../../../../lib/rooms/ghosts/files.ts";
import { roomNamed } from "../../../../../lib/rooms/ghosts/tokens.ts";

export const handlers = {
  /** A file of a room that I may read, as bytes to be saved. The room is named by its token or its id. */
  GET: participant(answers(
    { type: "application/octet-stream" },
    async ({ params, state: { services, session, exchange } }) => {
      const room = await roomNamed(services, params.token!, exchange.address);
      const { bytes, name } = await openFile(services, session.viewer, room, params.id!);
      const headers = { "content-disposition": attachment(name), "cache-control": "no-store" };
      return new Response(bytes, { headers });
    },
  )),
};

/** To be saved, never shown, under its name in any script (RFC 6266, RFC 8187). */
function attachment(name: string): string {
  const escaped = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return name === "" ? "attachment" : `attachment; filename*=UTF-8''${escaped}`;
}
