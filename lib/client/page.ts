/** What a room page asks of the window around it. */
import { tellCount } from "./attention.ts";

/** What somebody wrote into the message field before the script was there. */
export function typedAlready(): string {
  if (typeof document === "undefined") return "";
  return document.querySelector<HTMLTextAreaElement>("textarea#message")?.value ?? "";
}

/** The keyboard is on the screen: Enter breaks the line there. */
export function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}

/**
 * Keeps `root` as high as what the on-screen keyboard leaves, where the browser lays the page out beneath it.
 * @returns a call that stops it
 */
export function fitKeyboard(root: HTMLElement): () => void {
  const viewport = globalThis.visualViewport;
  if (!viewport) return () => {};
  const fit = () => {
    // A pinch zoom makes the viewport smaller too; that is the reader's own affair.
    const covered = viewport.scale > 1.01 ? 0 : innerHeight - viewport.height;
    if (covered < 80) return root.style.removeProperty("height");
    root.style.setProperty("height", `${viewport.height}px`);
    scrollTo(0, 0);
  };
  viewport.addEventListener("resize", fit);
  return () => viewport.removeEventListener("resize", fit);
}

/**
 * The phone's panes as steps of the browser's history, so that going back leads to the conversation. They are hashes
 * without a state, because any other step back within a page makes Fresh fetch that page again. What else the hash
 * holds, such as an encrypted room's key, stays in it.
 * @param others the panes beside `home`
 * @param path the room's own address
 */
export function paneHistory<Pane extends string>(
  path: string,
  home: Pane,
  others: readonly Pane[],
  show: (pane: Pane) => void,
) {
  const parts = () => location.hash.slice(1).split("&").filter((part) => part !== "");
  const named = () => others.find((pane) => parts().includes(pane));
  const addressOf = (pane: Pane) => {
    const kept: string[] = parts().filter((part) => !others.some((other) => other === part));
    if (pane !== home) kept.push(pane);
    return kept.length > 0 ? `#${kept.join("&")}` : path;
  };
  const back = () => show(named() ?? home);
  return {
    go(pane: Pane): void {
      if (pane === home && named()) return history.back();
      history.pushState(null, "", addressOf(pane));
      show(pane);
    },
    /** Also shows the pane that the address names already. */
    listen(): () => void {
      if (named()) back();
      addEventListener("popstate", back);
      return () => removeEventListener("popstate", back);
    },
  };
}

/** A year. */
const REMEMBERED_SECONDS = 365 * 86_400;

/** A cookie, so that the server draws the panel as it was left. */
export function rememberPeopleOpen(open: boolean): void {
  document.cookie = `people=${open ? "open" : "closed"}; Path=/; Max-Age=${REMEMBERED_SECONDS}; SameSite=Lax`;
}

/** Puts the number of unread messages before the tab's title, or takes it away. */
export function tellTitle(unread: number): void {
  tellCount("room", unread);
}

/** The day in the reader's zone, `2026-08-02`: when it changes, "today" is another. */
export function today(): string {
  return new Date().toLocaleDateString("en-CA");
}
