/** The little of commonmark.js that a test needs. */
declare module "commonmark" {
  export class Node {
    type: string;
    literal: string | null;
    firstChild: Node | null;
    next: Node | null;
  }
  export class Parser {
    parse(text: string): Node;
  }
}
