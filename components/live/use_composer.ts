import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { type ComposerState, meaningOf } from "../../lib/client/composer.ts";
import { isTouch } from "../../lib/client/page.ts";
import type { Attaching, ViewMessage } from "../room/props.ts";
import type { RoomRef } from "./use_open_room.ts";

/** The message field: keys, sending, and where the focus goes. */
export function useComposer(
  room: RoomRef,
  input: RefObject<HTMLTextAreaElement>,
  written: ComposerState,
  toEnd: () => void,
  attaching: Attaching | undefined,
) {
  const focusEnd = () => {
    const field = input.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  };
  // After the text of an edit or an answer is in the field, and before the next key.
  useLayoutEffect(() => {
    if (written.mode.kind !== "new") focusEnd();
  }, [written.mode]);
  useEffect(() => {
    const blurred = () => room.current?.client.typing.stopped();
    input.current?.addEventListener("blur", blurred);
    return () => input.current?.removeEventListener("blur", blurred);
  }, []);
  // Sent while its files were on their way: it goes when they are there.
  const [due, setDue] = useState(false);
  const phase = written.mode.kind === "edit" ? "empty" : attaching?.phase ?? "empty";
  useEffect(() => {
    if (!due || phase === "sending") return;
    setDue(false);
    if (phase === "ready") submit();
  }, [due, phase]);
  const submit = async () => {
    input.current?.focus();
    if (phase === "sending") return setDue(true);
    if (phase === "failed") return attaching?.onHeld?.();
    if (!await room.current?.composer.submit(attaching?.ready)) return;
    attaching?.onSent?.();
    toEnd();
  };
  const onKeyDown = (event: KeyboardEvent, lastOwn: () => ViewMessage | undefined) => {
    const composer = room.current?.composer;
    const meaning = meaningOf(event, written, isTouch());
    const last = meaning === "edit-last" ? lastOwn() : undefined;
    if (!composer || !meaning || (meaning === "edit-last" && !last)) return;
    event.preventDefault();
    if (meaning === "send") submit();
    else if (meaning === "cancel") composer.cancel();
    else composer.edit(last!);
  };
  return { submit, onKeyDown, due: due && phase === "sending" };
}
