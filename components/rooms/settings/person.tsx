import type { ComponentChildren } from "preact";
import type { Author } from "../../../lib/protocol/types.ts";
import { profileHref } from "../../links.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Name } from "../../ui/Name.tsx";

export interface PersonLineProps {
  person: Author;
  /** Stands beside the name: a badge. */
  mark?: ComponentChildren;
  /** Stands beneath it. */
  note?: ComponentChildren;
  children?: ComponentChildren;
}

/** Somebody in a list: face, name, page, and what can be done. */
export function PersonLine({ person, mark, note, children }: PersonLineProps) {
  const { name, username, avatar } = person;
  return (
    <div class="flex min-h-[60px] flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <Avatar name={name} src={avatar} />
      <div class="min-w-0 grow basis-32">
        <div class="flex items-center gap-2">
          {username
            ? (
              <a href={profileHref(username)} class="min-w-0 rounded-sm hover:underline">
                <Name class="font-bold">{name}</Name>
              </a>
            )
            : <Name class="font-bold">{name}</Name>}
          {mark}
        </div>
        {note && <div class="text-sm text-soft">{note}</div>}
      </div>
      {children}
    </div>
  );
}
