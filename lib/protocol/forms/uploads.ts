/** Files on their way into rooms. */
import { z } from "zod";
import { optional } from "./fields.ts";

/** Far above what any file is called: the server makes it fit. */
const NAME_MAX = 1000;
const WHERE = "Say into which room: roomId, or roomToken for a ghost room.";

const where = {
  roomId: optional(z.string().max(100)),
  roomToken: optional(z.string().max(100)),
};

interface Where {
  roomId?: string;
  roomToken?: string;
}

const one = ({ roomId, roomToken }: Where) => (roomId === undefined) !== (roomToken === undefined);
const said = { path: ["roomId"], message: WHERE };

/** `POST /api/upload/begin`. The type is found from the content; what the sender says of it counts for nothing. */
export const uploadBegin = z.strictObject({
  ...where,
  name: z.string("Say what the file is called.").max(NAME_MAX, "That name is too long."),
  size: z.coerce.number("Say how many bytes it has.").int("Say how many bytes it has.").min(
    0,
    "Say how many bytes it has.",
  ),
  type: optional(z.string().max(NAME_MAX)),
}).refine(one, said).transform(({ roomId, roomToken, name, size }) => ({
  room: roomId ?? roomToken!,
  name,
  size,
}));

/** What stands beside the file of `POST /api/upload`. A page's form has its token there too. */
export const uploadTo = z.strictObject({ ...where, csrf: z.string().optional() })
  .refine(one, said).transform(({ roomId, roomToken }) => ({ room: roomId ?? roomToken! }));
