import { useEffect, useState } from "preact/hooks";
import { browserFetch } from "../../../lib/client/api.ts";
import { createSocket } from "../../../lib/client/create_socket.ts";
import { browserPage } from "../../../lib/client/environment.ts";
import { ghostCalls, type GhostSession, ghostSessionCalls } from "../../../lib/client/ghost/calls.ts";
import { barredBy, isOver } from "../../../lib/client/ghost/door.ts";
import { type EnteredRoom, enterRoom } from "../../../lib/client/ghost/enter.ts";
import { forget, keep, keptOf } from "../../../lib/client/ghost/keeping.ts";
import { asRefusal, type Refusal } from "../../../lib/client/refusal.ts";
import { type Door, useDoor } from "./use_door.ts";

export type Stage =
  | { at: "door" }
  | { at: "inside"; room: EnteredRoom; session: GhostSession }
  | { at: "out"; reason: string; over: boolean };

interface DoorErrors {
  nickname?: string;
  form?: string;
}

/** Milliseconds after which somebody who waits at the door is told anew how full it is. */
const LOOK_AGAIN = 20_000;
/** The session of an earlier stay is over; one may well come in anew. */
const FORGOTTEN = new Set(["INVALID_SESSION", "SESSION_EXPIRED", "UNAUTHENTICATED", "NOT_A_MEMBER"]);

const sessionCalls = (token: string, session: GhostSession) =>
  ghostSessionCalls(browserFetch, token, session.sessionToken);

/** What came of trying to join or to come back, as the door says it. */
function said(why: Refusal): DoorErrors {
  switch (why.code) {
    case "NICKNAME_IN_USE":
    case "INVALID_NICKNAME":
      return { nickname: why.message };
    case "VALIDATION_FAILED":
      return { nickname: "That name does not fit. Take another." };
    default:
      return { form: why.message };
  }
}

/** Does what may be refused, and says at the door why it was. */
function useAttempts(door: Door) {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<DoorErrors>();
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
      setErrors(undefined);
    } catch (error) {
      const why = asRefusal(error);
      if (isOver(why)) door.setBarred(barredBy(why));
      else setErrors(said(why));
      door.lookAgain();
    } finally {
      setBusy(false);
    }
  };
  return { busy, errors, attempt };
}

/** The ways in: by a name, or by the session that one has from before. @throws {Refusal} each of them */
function waysIn(token: string, door: Door, setStage: (stage: Stage) => void) {
  const enter = async (session: GhostSession) => {
    const [calls, keys] = [sessionCalls(token, session), door.keys.current];
    const room = await enterRoom({ token, session, calls, keys, makeSocket: createSocket });
    setStage({ at: "inside", room, session });
  };
  /** After a reload, or a first try that the network broke off, one still has a place. @returns whether it is so */
  const comeBack = async (session: GhostSession): Promise<boolean> => {
    try {
      await enter(session);
      return true;
    } catch (error) {
      if (!FORGOTTEN.has(asRefusal(error).code)) throw error;
      keep(sessionStorage, token, { session: undefined });
      return false;
    }
  };
  const join = async (name: string) => {
    const kept = keptOf(sessionStorage, token).session;
    if (kept?.nickname === name && await comeBack(kept)) return;
    const session = await ghostCalls(browserFetch).join(token, name);
    keep(sessionStorage, token, { session });
    await enter(session);
  };
  return { comeBack, join };
}

/** The ways out, one's own and the room's. */
function waysOut(token: string, door: Door, stage: Stage, setStage: (stage: Stage) => void) {
  const out = (reason: string, over: boolean) => {
    if (stage.at === "inside") stage.room.closeFiles();
    setStage({ at: "out", reason, over });
    if (!over) return keep(sessionStorage, token, { session: undefined });
    forget(sessionStorage, token);
    door.keys.current = null;
    // The key opens nothing any more; it need not stand in the address either.
    history.replaceState(null, "", location.pathname);
  };
  const leave = () => {
    // The place is freed by the clock if nobody hears it.
    if (stage.at === "inside") sessionCalls(token, stage.session).leave().catch(() => {});
    out("You have left, and your place is free.", false);
  };
  const closeRoom = async (ownerKey: string) => {
    await ghostCalls(browserFetch).close(token, ownerKey);
    out("You have closed it.", true);
  };
  return { out, leave, closeRoom };
}

/** Somebody at the door is told what changes there. */
function useWaiting(door: Door, waiting: boolean) {
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => browserPage.hidden() || door.lookAgain(), LOOK_AGAIN);
    // A whole link that is pasted over a cut-off one changes the fragment alone, and loads no page.
    addEventListener("hashchange", door.lookAgain);
    return () => {
      clearInterval(timer);
      removeEventListener("hashchange", door.lookAgain);
    };
  }, [waiting]);
}

/** A visit to a ghost room: the door, the room, the way out. */
export function useVisit(token: string) {
  const door = useDoor(token);
  const [stage, setStage] = useState<Stage>({ at: "door" });
  const [nickname, setNickname] = useState("");
  const { busy, errors, attempt } = useAttempts(door);
  const { comeBack, join } = waysIn(token, door, setStage);
  const { out, leave, closeRoom } = waysOut(token, door, stage, setStage);
  const begin = async () => {
    const { session } = keptOf(sessionStorage, token);
    if (session) setNickname(session.nickname);
    if (await door.lookAgain() && session) await attempt(async () => void await comeBack(session));
  };
  useEffect(() => void begin(), []);
  useWaiting(door, stage.at === "door" && !busy);
  return {
    ...{ door, stage, nickname, setNickname, busy, errors, leave, out },
    join: () => attempt(() => join(nickname.trim())),
    closeRoom: (ownerKey: string) => attempt(() => closeRoom(ownerKey)),
    backToDoor() {
      setStage({ at: "door" });
      door.lookAgain();
    },
  };
}
