import { profileHref } from "../links.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Form } from "../ui/Form.tsx";
import { Name } from "../ui/Name.tsx";

export interface BlockedPerson {
  id: string;
  name: string;
  username?: string;
  avatar?: string;
}

/** Whom I do not want to hear from. */
export function BlockList({ people, csrf }: { people: BlockedPerson[]; csrf: string }) {
  if (people.length === 0) {
    return (
      <EmptyState
        title="You have blocked nobody"
        text="Whom you block cannot write to you, mention you or invite you, and their messages fold away. You block somebody on their page."
      />
    );
  }
  return (
    <ul class="divide-y divide-line rounded-lg border border-line bg-raised">
      {people.map((person) => (
        <li key={person.id} class="flex items-center gap-3 p-4">
          <Avatar name={person.name} src={person.avatar} />
          <div class="min-w-0 grow">
            <Name class="font-bold">{person.name}</Name>
            {person.username && (
              <a
                href={profileHref(person.username)}
                class="block truncate rounded text-sm text-soft underline"
              >
                @{person.username}
              </a>
            )}
          </div>
          <Form inline action="/me/blocks" csrf={csrf} hidden={{ unblock: person.id }}>
            <Button type="submit" size="small">
              Unblock<span class="sr-only">{` ${person.name}`}</span>
            </Button>
          </Form>
        </li>
      ))}
    </ul>
  );
}
