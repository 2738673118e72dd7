import { DIRECTION_CONTROLS } from "../../lib/protocol/markdown/characters.ts";

/** Code in which every character that turns the direction of writing shows itself: with them, code can be made to look
 * like other code (CVE-2021-42574). */
export function visible(code: string): string {
  return code.replaceAll(DIRECTION_CONTROLS, (character) => {
    return `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}
