/** Asks two sites from a process of its own, whose environment says otherwise. */
import { AUTHORITY } from "./certificates.ts";
import { taken, testWeb } from "./servers.ts";

const [secure, plain] = Deno.args.map(Number) as [number, number];
const answers = [
  await taken(testWeb([secure]), `https://safe.example:${secure}/`),
  await taken(testWeb([secure], { ca: [AUTHORITY] }), `https://safe.example:${secure}/`),
  await taken(testWeb([plain]), `http://page.example:${plain}/`),
];
for (const answer of answers) console.log(typeof answer === "string" ? answer : answer.text);
