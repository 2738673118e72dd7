import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Completion, type CompletionView, type Trigger } from "../../../lib/client/emoji/completion.ts";
import {
  findSuggestions,
  insertionOf,
  type Suggestion,
  suggestionKey,
  type SuggestionSources,
} from "../../../lib/client/suggestions.ts";
import type { UserId } from "../../../lib/protocol/ids.ts";
import { completionField, CompletionList, EmojiSuggestion } from "../../emoji/CompletionList.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { Name } from "../../ui/Name.tsx";
import { useLatest } from "../use_latest.ts";
import { rewrite } from "./writing.ts";

export interface SuggestionsProps {
  input: RefObject<HTMLTextAreaElement>;
  sources: SuggestionSources;
  /** Who is never meant. */
  without: () => ReadonlySet<UserId>;
  /** An emoji was taken. */
  onUsed: (emoji: string) => void;
}

const LIST = "suggestions";
const LABELS: Record<Trigger, string> = { ":": "Emoji", "@": "People", "#": "Rooms" };

function Suggested({ item }: { item: Suggestion }) {
  if ("emoji" in item) return <EmojiSuggestion {...item} />;
  if ("slug" in item) {
    return (
      <>
        <span class="shrink-0 font-semibold" dir="ltr">#{item.slug}</span>
        <Name class="text-sm text-soft">{item.name}</Name>
      </>
    );
  }
  return (
    <>
      <Avatar name={item.name} src={item.avatar} size="small" />
      <Name class="font-semibold">{item.name}</Name>
      <span class="shrink-0 text-sm text-soft" dir="ltr">@{item.username}</span>
    </>
  );
}

/** One list of suggestions; what it asks is answered by what the props say at that time. */
function useCompletion(props: SuggestionsProps) {
  const latest = useRef(props);
  latest.current = props;
  return useMemo(() =>
    new Completion<Suggestion>({
      find: (token) => findSuggestions(token, latest.current.sources, latest.current.without()),
      insertion: insertionOf,
      onEdit(edit, item) {
        rewrite(latest.current.input.current!, edit);
        if ("emoji" in item) latest.current.onUsed(item.emoji);
      },
    }), []);
}

/**
 * The list follows the field and takes its keys before the field does, so that whoever draws the field need not know
 * of it before it is loaded.
 */
function useField(input: RefObject<HTMLTextAreaElement>, completion: Completion<Suggestion>) {
  useEffect(() => {
    const field = input.current;
    if (!field) return;
    const look = () => {
      const { value, selectionStart, selectionEnd } = field;
      if (document.activeElement !== field || selectionStart !== selectionEnd) return completion.close();
      void completion.look(value, selectionStart);
    };
    const key = (event: KeyboardEvent) => {
      if (!completion.key(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const leaving = new AbortController();
    const { signal } = leaving;
    field.addEventListener("input", look, { signal });
    field.addEventListener("selectionchange", look, { signal });
    field.addEventListener("blur", () => completion.close(), { signal });
    field.addEventListener("keydown", key, { signal, capture: true });
    look();
    return () => leaving.abort();
  }, []);
}

/** The field says which suggestion its keys are at. */
function useFieldAria(input: RefObject<HTMLTextAreaElement>, view: CompletionView<Suggestion>) {
  useLayoutEffect(() => {
    for (const [name, value] of Object.entries(completionField(LIST, view))) {
      if (value === undefined) input.current?.removeAttribute(name);
      else input.current?.setAttribute(name, value);
    }
  }, [view]);
}

/** Suggestions for the word at the caret, right above the composer. */
export function Suggestions(props: SuggestionsProps) {
  const completion = useCompletion(props);
  const view = useLatest(completion, (source) => source.view, () => completion.view);
  useField(props.input, completion);
  useFieldAria(props.input, view);
  return (
    <div class="px-3 md:px-4">
      <CompletionList
        id={LIST}
        label={view.token ? LABELS[view.token.trigger] : ""}
        items={view.items}
        active={view.active}
        keyOf={suggestionKey}
        onPick={(index) => completion.pick(index)}
        onActivate={(index) => completion.activate(index)}
      >
        {(item) => <Suggested item={item} />}
      </CompletionList>
    </div>
  );
}
