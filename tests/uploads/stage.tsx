/** A page that does with files what a room's page does, and nothing else: bundled for the browser by its test. */
import { render } from "preact";
import { useEffect, useReducer } from "preact/hooks";
import { Attachments } from "../../components/room/Attachments.tsx";
import { UploadTray } from "../../components/room/UploadTray.tsx";
import { Tray } from "../../lib/client/tray.ts";
import { filePreviews } from "../../lib/client/file_previews.ts";
import { droppedFiles, pastedFiles } from "../../lib/client/given_files.ts";
import { roomUploads } from "../../lib/client/uploads.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Attachment } from "../../lib/protocol/types.ts";

interface Given {
  roomId: RoomId;
  csrf: string;
  /** What a message shows already. */
  files: Attachment[];
  dir: "ltr" | "rtl";
}

const given: Given = JSON.parse(document.getElementById("given")!.textContent!);
const uploads = roomUploads({ ...given, fetch: (path, init) => fetch(path, init) });
const tray = new Tray(uploads, filePreviews);

function Stage() {
  const [, redraw] = useReducer((drawn: number) => drawn + 1, 0);
  useEffect(() => tray.subscribe(() => redraw(0)), []);
  const { items, notice } = tray.state;
  return (
    <main class="flex h-full max-w-form flex-col gap-3 p-4" dir={given.dir}>
      <h1 class="font-bold">Book club</h1>
      <Attachments files={given.files} />
      <section aria-label="Ready">
        <Attachments files={tray.ready} />
      </section>
      <div class="frame rounded-lg border border-strong bg-raised">
        <UploadTray
          items={items}
          notice={notice}
          onRemove={(key) => tray.remove(key)}
          onRetry={(key) => tray.retry(key)}
        />
        <textarea
          aria-label="Message"
          class="block w-full px-4 py-3"
          onPaste={(event) => {
            const files = pastedFiles(event.clipboardData);
            if (files.length === 0) return;
            event.preventDefault();
            tray.add(files);
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            tray.add(droppedFiles(event.dataTransfer));
          }}
        />
        <input
          type="file"
          multiple
          aria-label="Attach files"
          onChange={({ currentTarget }) => tray.add([...currentTarget.files ?? []])}
        />
      </div>
    </main>
  );
}

render(<Stage />, document.body);
