import { render } from "preact-render-to-string";
import { Markdown } from "../../components/markdown/Markdown.tsx";
import type { Known } from "../../components/markdown/known.ts";

/** What the server would send for this message. */
export function drawn(text: string, known?: Known): string {
  return render(<Markdown text={text} known={known} />);
}

const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

/** The words on the screen: without tags. */
export function wordsOf(html: string): string {
  return html.replaceAll(/<[^>]*>/g, "").replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity]!);
}

/** Every tag a message may be drawn with, and its attributes: the whole of what may ever reach a page. */
export const ALLOWED: Record<string, RegExp> = {
  div: /^(class|dir)$/,
  p: /^dir$/,
  blockquote: /^(class|dir)$/,
  ul: /^(class|dir)$/,
  ol: /^(class|dir)$/,
  li: /^value$/,
  figure: /^(class|dir)$/,
  figcaption: /^class$/,
  pre: /^class$/,
  code: /^(class|dir)$/,
  strong: /^class$/,
  em: /^class$/,
  s: /^$/,
  label: /^class$/,
  input: /^(type|class|aria-label|autocomplete)$/,
  span: /^(class|title)$/,
  bdi: /^(class|dir)$/,
  a: /^(href|class|dir|target|rel|title)$/,
};

const TAG = /<(\/?)([a-z]+)((?:\s+[a-z-]+(?:="[^"<]*")?)*)\s*(\/?)>/g;
const ATTRIBUTE = /([a-z-]+)(?:="([^"]*)")?/g;
const CLASSES = /^[\w\s:./[\]-]*$/;
const ADDRESS = /^(?:https?:\/\/[!-~]+|mailto:[\w.+-]+@[\w.-]+|\/(?!\/)[\w/-]*)$/;
const FIXED: Record<string, RegExp> = {
  class: CLASSES,
  href: ADDRESS,
  dir: /^(auto|ltr)$/,
  target: /^_blank$/,
  rel: /^noopener noreferrer nofollow ugc$/,
  type: /^checkbox$/,
  autocomplete: /^off$/,
  value: /^\d{1,9}$/,
};

/** What in this HTML is not allowed; read strictly, as no browser would forgive. */
export function forbidden(html: string): string[] {
  const wrong: string[] = [];
  const rest = html.replaceAll(TAG, (tag, _closing, name: string, attributes: string) => {
    const allowed = ALLOWED[name];
    if (!allowed) wrong.push(tag);
    for (const [, attribute, value = ""] of attributes.matchAll(ATTRIBUTE)) {
      const fits = FIXED[attribute!]?.test(value.replaceAll("&amp;", "&").replaceAll("&quot;", '"')) ?? true;
      if (!allowed?.test(attribute!) || !fits) wrong.push(`${attribute}="${value}"`);
    }
    return "";
  });
  if (rest.includes("<")) wrong.push(rest);
  return wrong;
}
