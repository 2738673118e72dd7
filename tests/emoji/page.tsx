/** The picker and the completion list on a page of their own, bound as an island binds them. */
import { render } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { completionField, CompletionList, EmojiSuggestion } from "../../components/emoji/CompletionList.tsx";
import { EmojiPanel } from "../../components/emoji/EmojiPanel.tsx";
import type { Picked } from "../../components/emoji/props.ts";
import { browserStore } from "../../lib/client/environment.ts";
import { Completion, type Token } from "../../lib/client/emoji/completion.ts";
import { newestDrawn } from "../../lib/client/emoji/drawn.ts";
import { EmojiHabits } from "../../lib/client/emoji/habits.ts";
import { type EmojiChoice, EmojiPicker, loadEmojiData } from "../../lib/client/emoji/picker.ts";

type Suggestion = EmojiChoice | { person: string };

const LIST = "completions";
const PEOPLE = ["ann", "anton", "ben"];
const asked = new URLSearchParams(location.search);

/** The data; with `?fails` the first time nothing comes. */
function loader() {
  let fails = asked.has("fails");
  return () => {
    const failing = fails;
    fails = false;
    return failing ? Promise.reject(new Error("no network")) : loadEmojiData();
  };
}

function usePicker() {
  const picker = useMemo(
    () => new EmojiPicker({ habits: new EmojiHabits(browserStore()), load: loader(), newest: newestDrawn }),
    [],
  );
  const [view, setView] = useState(picker.view);
  useEffect(() => picker.subscribe(setView), []);
  return { picker, view };
}

function useCompletion(picker: EmojiPicker, onText: (text: string) => void) {
  const field = useRef<HTMLTextAreaElement>(null);
  const find = ({ trigger, query }: Token): Promise<readonly Suggestion[]> => {
    if (trigger === ":") return picker.suggest(query, 8);
    const people = trigger === "@" ? PEOPLE.filter((name) => name.startsWith(query)) : [];
    return Promise.resolve(people.map((person) => ({ person })));
  };
  const completion = useMemo(() =>
    new Completion<Suggestion>({
      find,
      insertion: (item) => "emoji" in item ? item.emoji : `@${item.person}`,
      onEdit({ text, caret }) {
        onText(text);
        // After the text is in the field.
        requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret));
      },
    }), []);
  const [view, setView] = useState(completion.view);
  useEffect(() => completion.subscribe(setView), []);
  return { field, completion, view };
}

function Page() {
  const { picker, view } = usePicker();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [picked, setPicked] = useState<string[]>([]);
  const { field, completion, view: suggested } = useCompletion(picker, setText);
  const opener = useRef<HTMLButtonElement>(null);
  const toggle = () => {
    if (!open) void picker.open();
    setOpen(!open);
  };
  const onPick = (pick: Picked) => {
    setPicked((before) => [...before, "emoji" in pick ? pick.emoji : pick.sticker]);
    if ("emoji" in pick) picker.used(pick.emoji);
    if (!("emoji" in pick && pick.more)) setOpen(false);
  };
  const look = ({ value, selectionStart }: HTMLTextAreaElement) =>
    void completion.look(value, selectionStart);
  return (
    <main class="stage" dir={asked.get("dir") === "rtl" ? "rtl" : "ltr"}>
      <h1>Picker</h1>
      <p id="picked">{picked.join(" ")}</p>
      <CompletionList
        id={LIST}
        label="Suggestions"
        {...suggested}
        keyOf={(item) => "emoji" in item ? item.code : item.person}
        onPick={(index) => completion.pick(index)}
        onActivate={(index) => completion.activate(index)}
      >
        {(item) => "emoji" in item ? <EmojiSuggestion {...item} /> : <bdi>{item.person}</bdi>}
      </CompletionList>
      <div class="composer">
        <textarea
          ref={field}
          aria-label="Message"
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            look(currentTarget);
          }}
          onKeyDown={(event) => completion.key(event) && event.preventDefault()}
          onBlur={() => completion.close()}
          {...completionField(LIST, suggested)}
        />
        <button ref={opener} type="button" aria-expanded={open} onClick={toggle}>Emoji and stickers</button>
        {open && (
          <EmojiPanel
            view={view}
            touch={matchMedia("(hover: none)").matches}
            withoutStickers={asked.has("reactions")}
            opener={() => opener.current}
            onQuery={(query) => picker.search(query)}
            onTone={(tone) => picker.choose(tone)}
            onPick={onPick}
            onClose={() => setOpen(false)}
            onRetry={() => void picker.open()}
          />
        )}
      </div>
    </main>
  );
}

render(<Page />, document.getElementById("app")!);
