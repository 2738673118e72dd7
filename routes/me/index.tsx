import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { AvatarPanel } from "../../components/me/AvatarPanel.tsx";
import { MePage } from "../../components/me/MePage.tsx";
import { type ProfileFormProps, ProfilePanel } from "../../components/me/ProfilePanel.tsx";
import { type Fields, validate } from "../../lib/http/body.ts";
import { member } from "../../lib/http/guards.ts";
import { refusalOf } from "../../lib/http/refusal.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { readProfile, updateProfile } from "../../lib/profile/profile.ts";
import { type OwnProfile, profileUpdate } from "../../lib/protocol/forms/profile.ts";

interface Data extends Visit {
  form: Omit<ProfileFormProps, "csrf">;
  avatar?: string;
  notice?: string;
}

const DONE: Record<string, string> = {
  saved: "Saved.",
  picture: "That is your picture now.",
  "no-picture": "Your picture is drawn from your name again.",
};

export const handlers = {
  GET: member(async (ctx) => {
    const { services, session } = ctx.state;
    const profile = await readProfile(services, session.viewer.id);
    const notice = DONE[ctx.url.searchParams.get("done") ?? ""];
    return { data: { ...await visitOf(ctx), ...formOf(profile), notice } satisfies Data };
  }),

  POST: member(async (ctx) => {
    const { services, session, fields } = ctx.state;
    try {
      await updateProfile(services, session.viewer.id, validate(profileUpdate, updateOf(fields)));
      return ctx.redirect("/me?done=saved", 303);
    } catch (error) {
      const { status, headers, ...said } = refusalOf(error);
      const { form, avatar } = formOf(await readProfile(services, session.viewer.id));
      const values = { ...form.values, ...typed(fields) };
      return {
        data: { ...await visitOf(ctx), avatar, form: { ...form, values, ...said } } satisfies Data,
        status,
        headers,
      };
    }
  }),
};

/** The form's fields as the schema names them. A phone account may leave its username unchosen. */
function updateOf({ csrf: _, red, username, ...fields }: Fields): Fields {
  const ageCategory = red === "on" ? "_18PLUS_RED" : "_18PLUS";
  return { ...fields, ageCategory, ...(username !== "" && { username }) };
}

function typed(fields: Fields) {
  const text = (name: string) => typeof fields[name] === "string" ? fields[name] : "";
  return {
    name: text("name"),
    username: text("username"),
    bio: text("bio"),
    birthYear: text("birthYear"),
    languages: [fields.languages].flat().filter((tag) => typeof tag === "string" && tag !== "") as string[],
    ageCategory: fields.red === "on" ? "_18PLUS_RED" as const : "_18PLUS" as const,
  };
}

function formOf(profile: OwnProfile): Pick<Data, "form" | "avatar"> {
  const { name, username, bio, languages, ageCategory, birthYear, avatar } = profile;
  const values = { name, username: username ?? "", bio, languages, ageCategory, birthYear: "" };
  return {
    avatar,
    form: { values, savedUsername: username ?? undefined, birthYearKnown: birthYear !== null },
  };
}

export default function ProfileRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, form, avatar, notice } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Your profile")}</title>
      </Head>
      <MePage path={path} title="Profile" notice={notice}>
        <AvatarPanel csrf={csrf} name={viewer!.name} avatar={avatar} />
        <ProfilePanel {...form} csrf={csrf} />
      </MePage>
    </Shell>
  );
}
