import { z } from "zod";

/** bcrypt reads no further (Provos and Mazières 1999). */
const PASSWORD_MAX_BYTES = 72;
export const ROOM_PASSWORD_MIN = 4;
export const ROOM_NAME_MIN = 2;
export const ROOM_NAME_MAX = 60;

/** A room's name: one line of any script, with something to see in it. */
export const roomName = z.string("Give the room's name.").normalize("NFC")
  .transform((text) => text.replaceAll(/\s+/gu, " ").trim())
  .pipe(
    z.string().refine(
      (text) => [...text].length >= ROOM_NAME_MIN,
      `Use at least ${ROOM_NAME_MIN} characters.`,
    )
      .refine((text) => [...text].length <= ROOM_NAME_MAX, `Use at most ${ROOM_NAME_MAX} characters.`)
      .refine((text) => /[\p{L}\p{N}]/u.test(text), "Use at least one letter or digit.")
      .refine((text) => !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u.test(text), "Leave out invisible characters."),
  );

/** `POST /join`: the room of this name, made by whoever names it first. */
export const joinPasswordRoom = z.strictObject({
  roomName,
  password: z.string("Give the room's password.").normalize("NFC")
    .refine((text) => [...text].length >= ROOM_PASSWORD_MIN, `Use at least ${ROOM_PASSWORD_MIN} characters.`)
    .refine(
      (text) => new TextEncoder().encode(text).length <= PASSWORD_MAX_BYTES,
      `That is too long: at most ${PASSWORD_MAX_BYTES} bytes.`,
    ),
});
export type JoinPasswordRoom = z.output<typeof joinPasswordRoom>;
