import type { Ref } from "preact";
import { Icon } from "../ui/Icon.tsx";

export interface PickerSearchProps {
  label: string;
  value: string;
  inputRef: Ref<HTMLInputElement>;
  onInput: (value: string) => void;
  /** Enter: the first of what was found. */
  onEnter: (event: KeyboardEvent) => void;
  /** Down into what was found. */
  onDown: () => void;
}

export function PickerSearch({ label, value, inputRef, onInput, onEnter, onDown }: PickerSearchProps) {
  return (
    <div class="frame eased flex grow items-center rounded border border-strong bg-raised ps-3">
      <Icon name="search" class="size-4 text-soft" />
      <input
        ref={inputRef}
        type="search"
        class="block min-h-[42px] w-full min-w-0 rounded px-2"
        aria-label={label}
        placeholder={label}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        enterkeyhint="done"
        dir="auto"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === "Enter") onEnter(event);
          else if (event.key === "ArrowDown") onDown();
          else return;
          event.preventDefault();
        }}
      />
    </div>
  );
}
