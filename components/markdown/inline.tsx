/** Words, node by node: what has no line here is not drawn. */
import type { ComponentChildren } from "preact";
import type { Inline, InlineOf } from "../../lib/protocol/markdown/tree.ts";
import { cx } from "../cx.ts";
import { profileHref } from "../links.ts";
import { found, type Known } from "./known.ts";
import { Shortcode } from "./Shortcode.tsx";
import { visible } from "./visible.ts";

/** Hidden until it is asked for, without scripts too: a checkbox that screen readers name. */
function Spoiler({ children }: { children: ComponentChildren }) {
  return (
    <label class="spoiler">
      <input type="checkbox" class="sr-only" aria-label="Show spoiler" autocomplete="off" />
      <span class="spoiler-words">{children}</span>
    </label>
  );
}

/** A label may say anything, so beside it stands where the link leads. */
function OutsideLink({ node, known }: { node: InlineOf<"link">; known: Known }) {
  return (
    <a
      href={node.href}
      dir={node.host ? undefined : "ltr"}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      title={node.host && node.href}
    >
      {drawInline(node.children, known)}
      {node.host && <bdi class="ms-1 inline-block text-xs text-soft" dir="ltr">({node.host})</bdi>}
    </a>
  );
}

function Mention({ username, known }: { username: string; known: Known }) {
  const person = found(known.people, username);
  const words = `@${username}`;
  if (!person) return <bdi dir="ltr">{words}</bdi>;
  const mine = known.me?.toLowerCase() === username.toLowerCase();
  return (
    <a
      href={profileHref(username)}
      class={cx("named font-semibold", mine && "bg-accent-soft")}
      title={person.name}
      dir="ltr"
    >
      {words}
    </a>
  );
}

function RoomLink({ slug, known }: { slug: string; known: Known }) {
  const room = found(known.rooms, slug);
  if (!room) return <bdi dir="ltr">#{slug}</bdi>;
  return <a href={room.href} class="named font-semibold" title={room.name} dir="ltr">#{slug}</a>;
}

function drawNode(node: Inline, known: Known, key: number): ComponentChildren {
  switch (node.type) {
    case "text":
      return node.text;
    case "strong":
      return <strong key={key} class="font-bold">{drawInline(node.children, known)}</strong>;
    case "emphasis":
      return <em key={key} class="italic">{drawInline(node.children, known)}</em>;
    case "strikethrough":
      return <s key={key}>{drawInline(node.children, known)}</s>;
    case "spoiler":
      return <Spoiler key={key}>{drawInline(node.children, known)}</Spoiler>;
    case "code":
      return (
        <code key={key} class="rounded-sm bg-hover px-1 font-mono text-sm" dir="ltr">
          {visible(node.text)}
        </code>
      );
    case "link":
      return <OutsideLink key={key} node={node} known={known} />;
    case "mention":
      return <Mention key={key} username={node.username} known={known} />;
    case "room_link":
      return <RoomLink key={key} slug={node.slug} known={known} />;
    case "shortcode":
      return <Shortcode key={key} code={node.code} emoji={known.emoji} />;
  }
}

export function drawInline(nodes: Inline[], known: Known): ComponentChildren {
  return nodes.map((node, place) => drawNode(node, known, place));
}
