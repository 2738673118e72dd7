import { useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "../../ui/IconButton.tsx";

export interface ShortcutsProps {
  /** The keyboard has ⌘ where others have Ctrl. */
  apple: boolean;
  onClose: () => void;
}

/** Keys that are pressed together; any of the lists will do. */
type Keys = readonly string[][];
type Group = readonly [title: string, shortcuts: readonly (readonly [keys: Keys, does: string])[]];

const MOD = "Ctrl";
const GROUPS: readonly Group[] = [
  ["Everywhere", [
    [[[MOD, "K"]], "Go to another room"],
    [[["?"], [MOD, "/"]], "Show these shortcuts"],
    [[["Esc"]], "Close what is open"],
  ]],
  ["Writing", [
    [[["Enter"]], "Send"],
    [[["Shift", "Enter"]], "Begin a new line"],
    [[["↑"]], "Edit your last message, while the field is empty"],
    [[["Esc"]], "Stop answering or editing"],
    [[[":"], ["@"], ["#"]], "With letters after it: find an emoji, a person, a room"],
    [[["Tab"], ["Enter"]], "Take what is suggested"],
  ]],
  ["Messages", [
    [[["Tab"]], "To a message's buttons"],
    [[["←"], ["→"]], "From button to button"],
  ]],
];

function KeyList({ keys, apple }: { keys: Keys; apple: boolean }) {
  return (
    <span class="flex shrink-0 flex-wrap items-center justify-end gap-1" dir="ltr">
      {keys.map((together, place) => (
        <span key={place} class="flex items-center gap-1">
          {place > 0 && <span class="px-0.5 text-sm text-soft">or</span>}
          {together.map((key) => (
            <kbd
              key={key}
              class="inline-flex min-h-[28px] min-w-[28px] items-center justify-center rounded-sm border border-strong bg-sunken px-1.5 text-sm"
            >
              {key === MOD && apple ? "⌘" : key}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

/** What the keyboard can do. A modal dialog: Escape closes it, as does a click beside it. */
export function Shortcuts({ apple, onClose }: ShortcutsProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      class="m-auto w-full max-w-form rounded-lg border border-line bg-raised p-0 text-ink shadow"
      aria-labelledby="shortcuts-title"
      onClose={onClose}
      // What lies around the box is the dialog itself.
      onClick={({ target }) => target === dialog.current && close()}
    >
      <div class="flex max-h-[85vh] flex-col">
        <div class="flex shrink-0 items-center border-b border-line ps-5 pe-1.5">
          <h2 id="shortcuts-title" class="grow py-3 text-lg font-extrabold tracking-tight">
            Keyboard shortcuts
          </h2>
          <IconButton icon="close" label="Close the shortcuts" onClick={close} />
        </div>
        <div
          class="ring-inside min-h-0 grow overflow-y-auto px-5 pb-5"
          tabIndex={0}
          role="region"
          aria-labelledby="shortcuts-title"
        >
          {GROUPS.map(([title, shortcuts]) => (
            <section key={title}>
              <h3 class="pb-1 pt-4 text-sm font-bold text-soft">{title}</h3>
              <ul class="divide-y divide-line">
                {shortcuts.map(([keys, does]) => (
                  <li key={does} class="flex items-center justify-between gap-4 py-1.5">
                    <span class="min-w-0">{does}</span>
                    <KeyList keys={keys} apple={apple} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
    </dialog>
  );
}
