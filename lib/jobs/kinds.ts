import { cleanUp } from "./clean_up.ts";
import { sendPush } from "../notifications/push.ts";
import { tellRoom } from "../notifications/tell.ts";
import { performPreview } from "../previews/perform.ts";
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
  "fetch-preview": (work, preview) => performPreview(work, preview),
  "tell-room": (work, { roomId }) => tellRoom(work, roomId),
  "send-push": (work, news) => sendPush(work, news),
  "clean-up": (work) => cleanUp(work),
};
