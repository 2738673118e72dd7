import { changeLanguageRoom } from "../../../../lib/admin/language_rooms.ts";
import { AppError } from "../../../../lib/errors.ts";
import { takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { admin } from "../../../../lib/http/guards.ts";
import { languageRoomChange } from "../../../../lib/protocol/forms/lounges.ts";
import { roomId } from "../../../../lib/protocol/id_schemas.ts";

export const handlers = {
  /** Changes what is given of a language room. `archived` closes it, or opens it again. */
  PATCH: admin(takes(languageRoomChange, async ({ params, state: { services, session } }, change) => {
    const id = roomId.safeParse(params.roomId);
    if (!id.success) throw new AppError("ROOM_NOT_FOUND");
    return ok(await changeLanguageRoom(services, session.viewer, id.data, change));
  })),
};
