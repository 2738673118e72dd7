import { charactersLeft, Counter } from "./composer/Counter.tsx";
import { ModeBar } from "./composer/ModeBar.tsx";
import { WritingRow } from "./composer/WritingRow.tsx";
import type { ComposerProps } from "./props.ts";

/** Where messages are written. A real form: without JavaScript it posts, with it the island takes the submit. */
export function Composer(props: ComposerProps) {
  const { room, mode = { kind: "new" }, value = "" } = props;
  const left = charactersLeft(value);
  const files = mode.kind === "edit" ? undefined : props.attaching;
  return (
    <div class="shrink-0 sm:relative">
      {props.helping?.above}
      <form
        ref={props.formRef}
        method="post"
        action={props.action}
        onSubmit={props.onSubmit}
        enctype={files?.button ? "multipart/form-data" : undefined}
        class="px-3 pb-3 md:px-4"
        id="composer"
      >
        <input type="hidden" name="csrf" value={props.csrf} />
        <input type="hidden" name="clientId" value={props.clientId} />
        {mode.kind === "reply" && <input type="hidden" name="replyTo" value={mode.to.id} />}
        <div role="status">
          {props.notice && <p class="px-1 pb-1.5 text-sm font-semibold text-bad">{props.notice}</p>}
        </div>
        <div
          class="frame eased rounded-lg border border-strong bg-raised"
          dir={room.dir}
          lang={room.language}
        >
          <ModeBar mode={mode} onCancel={props.onCancel} />
          {files?.tray}
          <div role="status">
            {props.due && (
              <p class="px-3 pb-1 text-sm text-soft" dir="ltr">It goes out when its files are there.</p>
            )}
          </div>
          <WritingRow {...props} mode={mode} value={value} left={left} files={files} />
        </div>
        <div id="characters-left">
          <Counter left={left} />
        </div>
      </form>
    </div>
  );
}
