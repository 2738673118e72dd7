import type { AdminLanguageRoom, AdminLounge } from "../../lib/protocol/forms/lounges.ts";
import { LOUNGE_NAME_MAX, LOUNGE_TEXT_MAX } from "../../lib/protocol/forms/lounges.ts";
import { suggestedLanguages } from "../languages.ts";
import { adminLoungeHref } from "../links.ts";
import { Badge, OnlineCount } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Form } from "../ui/Form.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Name } from "../ui/Name.tsx";
import { Panel } from "../ui/Panel.tsx";
import { type FormState, type Refused, stateOf } from "./form.ts";

export interface LanguageRoomsProps {
  csrf: string;
  lounge: AdminLounge;
  refused?: Refused;
}

function Topic({ id, dir, values, errors = {} }: FormState & { id: string; dir?: "ltr" | "rtl" }) {
  return (
    <Field
      name="topic"
      id={id}
      label="Topic"
      hint="What the room is about. It may stay empty."
      maxLength={LOUNGE_TEXT_MAX * 2}
      dir={dir ?? "auto"}
      value={values.topic}
      error={errors.topic}
    />
  );
}

/** A room as a fold: its form lies beneath its name, and open when it came back. */
function Room({ room, lounge, csrf, refused }: LanguageRoomsProps & { room: AdminLanguageRoom }) {
  const { id, language, name, topic, archived } = room;
  const state = stateOf(`room-${id}`, { name, topic }, refused);
  const action = `${adminLoungeHref(lounge.id)}#room-${id}`;
  return (
    <li id={`room-${id}`}>
      <details open={refused?.form === `room-${id}`}>
        <summary class="ring-inside flex min-h-[52px] items-center gap-3 px-4 py-2 hover:bg-hover">
          <Icon name="open" class="turns size-4 text-soft" />
          <Name class="font-bold" lang={language}>{name}</Name>
          <span class="grow text-sm text-soft" dir="ltr">{language}</span>
          {archived ? <Badge>archived</Badge> : <OnlineCount count={room.online} />}
        </summary>
        <div class="flex flex-col gap-4 p-4 pt-2">
          <Form action={action} csrf={csrf} hidden={{ room: id }} error={state.error}>
            <Field
              name="name"
              id={`name-${id}`}
              label="Name"
              maxLength={LOUNGE_NAME_MAX * 2}
              dir={room.dir}
              required
              value={state.values.name}
              error={state.errors?.name}
            />
            <Topic id={`topic-${id}`} dir={room.dir} {...state} />
            <div class="flex flex-wrap gap-2">
              <Button type="submit" kind="primary" name="step" value="room">Save</Button>
              <Button
                type="submit"
                icon={archived ? "retry" : "archive"}
                name="step"
                value={archived ? "reopen-room" : "archive-room"}
                formNoValidate
              >
                {archived ? "Reopen this room" : "Archive this room"}
              </Button>
            </div>
          </Form>
        </div>
      </details>
    </li>
  );
}

function NewRoom({ csrf, lounge, refused }: LanguageRoomsProps) {
  const state = stateOf("new-room", {}, refused);
  const offered = suggestedLanguages(lounge.rooms.map(({ language }) => language));
  return (
    <Form action={`${adminLoungeHref(lounge.id)}#new-room`} csrf={csrf} error={state.error}>
      <Field
        name="language"
        label="Language"
        hint="Choose one, or enter a tag such as pt-BR or zh-Hant."
        list="languages"
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        dir="ltr"
        required
        value={state.values.language}
        error={state.errors?.language}
      />
      <datalist id="languages">
        {offered.map(({ tag, name }) => <option key={tag} value={tag}>{name}</option>)}
      </datalist>
      <Field
        name="name"
        id="new-name"
        label="Name"
        hint="Left empty, it is what the language calls itself."
        maxLength={LOUNGE_NAME_MAX * 2}
        dir="auto"
        value={state.values.name}
        error={state.errors?.name}
      />
      <Topic id="new-topic" {...state} />
      <div>
        <Button type="submit" icon="plus" name="step" value="new-room">Add the room</Button>
      </div>
    </Form>
  );
}

/** The language rooms of a lounge, and a form for one more. */
export function LanguageRooms(props: LanguageRoomsProps) {
  const { rooms } = props.lounge;
  return (
    <div class="flex flex-col gap-6">
      <section aria-labelledby="rooms-title">
        <h2 id="rooms-title" class="mb-2 font-bold text-soft">{`Language rooms (${rooms.length})`}</h2>
        {rooms.length > 0
          ? (
            <ul class="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
              {rooms.map((room) => <Room key={room.id} {...props} room={room} />)}
            </ul>
          )
          : <p class="text-soft">None yet. Nobody can talk here until there is one.</p>}
      </section>
      <Panel id="new-room" title="Another language">
        <NewRoom {...props} />
      </Panel>
    </div>
  );
}
