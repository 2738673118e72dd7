import { languageOf } from "../../lib/protocol/languages.ts";
import { type Clock, monthName } from "../clock.ts";
import { ME_HREF, profileHref } from "../links.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Form, FormError, FormNotice } from "../ui/Form.tsx";

export interface PublicProfileProps {
  person: {
    name: string;
    username: string;
    avatar?: string;
    bio: string;
    /** BCP 47. */
    languages: string[];
    /** ISO 8601. */
    joinedAt: string;
  };
  clock: Clock;
  csrf: string;
  /** What the one who looks is to this person; a visitor without a name can do nothing, a guest cannot write. */
  relation: "visitor" | "self" | "guest" | "member" | "blocked";
  notice?: string;
  /** Why what was asked for could not be done. */
  error?: string;
}

function Deed({ person, csrf, relation }: PublicProfileProps) {
  if (relation === "visitor") return null;
  if (relation === "self") return <ButtonLink icon="edit" href={ME_HREF}>Edit your profile</ButtonLink>;
  const blocked = relation === "blocked";
  const form = { inline: true, action: profileHref(person.username), csrf };
  return (
    <div class="flex flex-wrap gap-3">
      {relation === "member" && (
        <Form {...form} hidden={{ step: "message" }}>
          <Button type="submit" icon="write" kind="primary">
            Message
            <span class="sr-only">{` ${person.name}`}</span>
          </Button>
        </Form>
      )}
      <Form {...form} hidden={{ step: blocked ? "unblock" : "block" }}>
        <Button type="submit" icon={blocked ? undefined : "ban"} kind={blocked ? "secondary" : "danger"}>
          {blocked ? "Unblock" : "Block"}
          <span class="sr-only">{` ${person.name}`}</span>
        </Button>
      </Form>
    </div>
  );
}

/** `/u/:username`: somebody as everybody may see them. */
export function PublicProfile(props: PublicProfileProps) {
  const { person, relation } = props;
  return (
    <div class="mx-auto w-full max-w-form pt-8 md:pt-12">
      <FormNotice text={props.notice} />
      <FormError text={props.error} />
      <div class="flex flex-wrap items-center gap-5 pt-4">
        <Avatar name={person.name} src={person.avatar} size="huge" />
        <div class="min-w-0 grow">
          <h1 class="text-2xl font-extrabold tracking-tight">
            <bdi class="block break-words">{person.name}</bdi>
          </h1>
          <p class="flex flex-wrap items-center gap-2 text-soft">
            <bdi>@{person.username}</bdi>
            {relation === "blocked" && <Badge>blocked</Badge>}
          </p>
        </div>
      </div>
      {relation === "blocked" && (
        <p class="mt-4 rounded bg-sunken p-3 text-sm">
          They cannot write to you, mention you or invite you, and their messages fold away.
        </p>
      )}
      {person.bio && <p class="words mt-6" dir="auto">{person.bio}</p>}
      <dl class="mt-6 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        {person.languages.length > 0 && (
          <>
            <dt class="text-soft">Speaks</dt>
            <dd class="flex flex-wrap gap-x-3">
              {person.languages.map(languageOf).map(({ tag, name, dir }) => (
                <span key={tag} lang={tag} dir={dir}>{name}</span>
              ))}
            </dd>
          </>
        )}
        <dt class="text-soft">Here since</dt>
        <dd>{monthName(props.clock, person.joinedAt)}</dd>
      </dl>
      <div class="mt-8">
        <Deed {...props} />
      </div>
    </div>
  );
}
