import { cleanUp } from "./clean_up.ts";
import { eraseAccount } from "../profile/erase.ts";
import { exportData } from "../profile/export.ts";
import { purgeRoom } from "../rooms/ghosts/purge.ts";
import type { Kinds } from "./work.ts";

/** One line a kind. */
export const KINDS: Kinds = {
  "send-mail": ({ delivery, jobId }, mail) => delivery.sendMail(mail, jobId),
  "send-sms": ({ delivery, jobId }, sms) => delivery.sendSms(sms, jobId),
  "export-data": (work, { userId }) => exportData(work, userId),
  "erase-account": (work, { userId }) => eraseAccount(work, userId),
  "purge-room": (work, { roomId }) => purgeRoom(work, roomId),
  "clean-up": (work) => cleanUp(work),
};
