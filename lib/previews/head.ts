import { Parser } from "htmlparser2";

/**
 * Heads with more tags than this are not written for readers. It also bounds the parser's work, which
 * grows with the square of how deep the tags stand: half a megabyte of `<b>` took it six seconds.
 */
const TAGS_MAX = 3_000;
/** Of one title, before it is tidied. */
const TITLE_READ = 2_000;

/** What a page's head says, word for word. */
export interface PageHead {
  title: string;
  /** What relative addresses are relative to, when the page says so. */
  base?: string;
  /** `<meta>` by its property or name in small letters; the first of each. */
  meta: Map<string, string>;
}

export interface HeadReader {
  /** Reads on. True once there is nothing more to learn. */
  write(html: string): boolean;
  /** What was learnt. Nothing can be read after this. */
  head(): PageHead;
}

/** Reads a page up to the end of its head, as it comes. Takes any text; what is not HTML has an empty head. */
export function createHeadReader(): HeadReader {
  const head: PageHead = { title: "", meta: new Map() };
  let tags = 0;
  let titles = 0;
  let inTitle = false;
  let done = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (done) return;
      if (name === "title") inTitle = ++titles === 1;
      else if (name === "base") head.base ??= attributes.href;
      else if (name === "meta") noteMeta(head, attributes);
      if (++tags > TAGS_MAX || name === "body") finish();
    },
    ontext(text) {
      if (inTitle && head.title.length < TITLE_READ) head.title += text;
    },
    onclosetag(name) {
      if (name === "title") inTitle = false;
      else if (name === "head") finish();
    },
  });

  function finish(): void {
    done = true;
    parser.pause();
  }

  return {
    write(html) {
      if (!done) parser.write(html);
      return done;
    },
    head() {
      // What is not finished yet is as good as it will get.
      if (!done) parser.end();
      return head;
    },
  };
}

function noteMeta({ meta }: PageHead, { property, name, content }: Record<string, string>): void {
  const key = (property ?? name)?.trim().toLowerCase();
  if (key && content?.trim() && !meta.has(key)) meta.set(key, content);
}
