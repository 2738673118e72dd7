/** What of a page is not ours, and what of a text is not shown. Both run in the browser, so each is whole in itself. */

/**
 * Elements and attributes that no page of ours has, and addresses that none leads to.
 * @param html another page than the one that is open, as the server sent it; read by the browser's own parser, nothing runs
 */
export function foreignParts(html?: string): string[] {
  const OURS = new Set(
    ("html head title meta link script noscript body main header footer nav section article aside div span p h1 h2 h3 h4 " +
      "ul ol li dl dt dd a bdi strong em s mark time code pre kbd blockquote figure figcaption img picture source canvas " +
      "svg path circle rect g form fieldset legend label input textarea button select optgroup option datalist progress " +
      "details summary dialog template").split(" "),
  );
  const ADDRESSES =
    /^(href|src|srcset|action|formaction|poster|data|background|ping|cite|manifest|xlink:href)$/i;
  const NEVER =
    /^(on.*|srcdoc|http-equiv|formaction|background|ping|manifest|poster|data|xlink:.*|is|slot|nonce)$/i;
  const STYLE = /url|expression|script|import|behaviou?r|binding|[\\<]/i;
  const document_ = html === undefined ? document : new DOMParser().parseFromString(html, "text/html");
  const found: string[] = [];

  function leadsAway(element: Element, name: string, value: string): boolean {
    const tag = element.localName;
    const links = name === "href" && tag === "a";
    // Back to its own page.
    if (name === "action" && value === "") return false;
    for (const part of name === "srcset" ? value.split(/,\s+/) : [value]) {
      const address = part.trim();
      if (!URL.canParse(address, location.origin)) return true;
      const { protocol, origin, hostname } = new URL(address, location.origin);
      if (links && (protocol === "http:" || protocol === "https:")) {
        if (hostname === "") return true;
      } else if (links && protocol === "mailto:") {
        continue;
      } else if (tag === "img" && /^data:image\/(png|jpeg|webp|gif);base64,/.test(address)) {
        continue;
      } else if (origin !== location.origin || (protocol !== "blob:" && !/^[/?#]|^https?:/.test(address))) {
        return true;
      }
    }
    return false;
  }

  function look(element: Element): void {
    const tag = element.localName;
    const whole = element.outerHTML.slice(0, 200);
    if (!OURS.has(tag)) found.push(`<${tag}>: ${whole}`);
    if (tag === "script" && !isOurs(element as HTMLScriptElement)) found.push(`a script: ${whole}`);
    for (const { name, value } of element.attributes) {
      const ownNonce = name === "nonce" && tag === "script";
      if ((NEVER.test(name) && !ownNonce) || (name === "style" && STYLE.test(value))) {
        found.push(`${name} of <${tag}>: ${whole}`);
      } else if (ADDRESSES.test(name) && leadsAway(element, name, value)) {
        found.push(`${name} of <${tag}>: ${value.slice(0, 200)}`);
      }
    }
    if (element instanceof HTMLTemplateElement) element.content.querySelectorAll("*").forEach(look);
    element.shadowRoot?.querySelectorAll("*").forEach(look);
  }

  /** Those that the server puts there stand in the head, or are files of ours. */
  function isOurs(script: HTMLScriptElement): boolean {
    return script.src ? script.src.startsWith(`${location.origin}/`) : script.closest("head") !== null;
  }

  document_.querySelectorAll("*").forEach(look);
  return found;
}

/**
 * Those of the texts that stand nowhere in the page, letter by letter: neither in its words nor in a value that is shown.
 * Spaces and line breaks count as one space, as they do to the reader.
 * @param given `html`: see {@link foreignParts}
 */
export function unseen({ texts, html }: { texts: string[]; html?: string }): string[] {
  const page = html === undefined ? document : new DOMParser().parseFromString(html, "text/html");
  const even = (text: string) =>
    text.toWellFormed().replaceAll("\0", "\u{FFFD}").normalize("NFC").replaceAll(/\s+/g, " ").trim();
  const SHOWN = ["title", "alt", "value", "placeholder", "aria-label", "content"];
  const parts: string[] = [page.documentElement.textContent ?? ""];
  for (const element of page.querySelectorAll("*")) {
    for (const name of SHOWN) parts.push(element.getAttribute(name) ?? "");
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
      parts.push(element.value);
    }
  }
  const all = even(parts.join("\n"));
  return texts.filter((text) => !all.includes(even(text)));
}
