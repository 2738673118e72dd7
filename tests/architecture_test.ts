/**
 * What may import what, from docs/architecture.md, and a few habits that keep it so. A failing line here means that a
 * piece of code stands in the wrong place, seldom that a rule is wrong.
 */
import { dirname, join, normalize, relative } from "node:path";
import { expect } from "expect";

interface Rule {
  /** What it is called in a failure. */
  name: string;
  files: RegExp;
  /** Files and packages that these may import; within their own folder they are free. */
  may: RegExp[];
  /** These only as types: their code would pull in what does not belong. */
  mayAsType?: RegExp[];
}

const CORE =
  /^lib\/(errors|clock|log|kv|kv_commits|kv_deadline|config|environment|base64url|secrets|tcp|turnstile)\.ts$/;
const PROTOCOL = /^lib\/protocol\//;
const SERVICES = /^lib\/services\.ts$/;
const SQL = /^db\/client\.ts$/;
const QUERIES = /^db\/queries\//;
const FEATURES = /^lib\/(admin|auth|rooms|messages|profile|previews|notifications|uploads|search)\//;
const LIMITS = /^lib\/http\/limits\.ts$/;
const AUDIT = /^lib\/audit\/audit\.ts$/;
/** What features ask of the machinery beneath them: the interfaces, never the making. */
const SEALING = /^lib\/vault\/vault\.ts$/;
const QUEUE = /^lib\/jobs\/queue\.ts$/;
const WORK = /^lib\/jobs\/work\.ts$/;
const STORAGE = /^lib\/adapters\/storage\/storage\.ts$/;
const IMAGES = /^lib\/adapters\/images\/images\.ts$/;
/** What asks other people's servers, and how it refuses. */
const WEB = /^lib\/adapters\/web\/web\.ts$/;
const PUSH = /^lib\/adapters\/push\/push\.ts$/;
/** Packages that do a feature's work for it. */
const CRAFTS =
  /^(jose|bcrypt|bcryptjs|libphonenumber-js|otpauth|uqr|client-zip|file-type|htmlparser2|@zxcvbn-ts\/language-common|@simplewebauthn\/server|node:crypto)$/;
const PREACT = /^preact(\/|$)/;
const LIVE = /^components\/live\//;
/** Colours of code: browser-safe, loaded when there is code. */
const HIGHLIGHT = /^lib\/highlight\//;

const RULES: Rule[] = [
  { name: "protocol", files: PROTOCOL, may: [/^zod$/] },
  { name: "client", files: /^lib\/client\//, may: [PROTOCOL, /^(@simplewebauthn\/browser|uqr)$/] },
  {
    name: "components",
    files: /^components\/(?!live\/)/,
    may: [PROTOCOL, HIGHLIGHT, PREACT, /^lucide-preact$/],
  },
  { name: "highlight", files: HIGHLIGHT, may: [/^@speed-highlight\/core\//] },
  // What ties lib/client to the views, for islands to use.
  { name: "live components", files: LIVE, may: [/^components\//, /^lib\/client\//, PROTOCOL, PREACT] },
  {
    name: "islands",
    files: /^islands\//,
    may: [/^components\//, /^lib\/client\//, PROTOCOL, PREACT, /^@preact\/signals$/, /^fresh\/runtime$/],
  },
  { name: "db/queries", files: QUERIES, may: [PROTOCOL, /^postgres$/], mayAsType: [SQL] },
  { name: "db", files: /^db\/(?!queries)/, may: [/^db\//, /^postgres$/, /^node:/], mayAsType: [PROTOCOL] },
  {
    name: "features",
    files: FEATURES,
    may: [
      PROTOCOL,
      QUERIES,
      CORE,
      /^lib\/realtime\/publish\.ts$/,
      /^lib\/\w+\/(access|directory)\.ts$/,
      AUDIT,
      WEB,
      CRAFTS,
      // "Confirm it with your password."
      /^lib\/auth\/password_change\.ts$/,
      // Ghosts' sessions are made with their places, in their room.
      /^lib\/auth\/tokens\.ts$/,
    ],
    mayAsType: [SERVICES, SQL, LIMITS, SEALING, QUEUE, WORK, STORAGE, IMAGES, PUSH],
  },
  {
    name: "realtime",
    files: /^lib\/realtime\//,
    may: [PROTOCOL, QUERIES, CORE, FEATURES, /^lib\/http\/body\.ts$/],
    mayAsType: [SERVICES, SQL, LIMITS, SEALING],
  },
  {
    name: "http",
    files: /^lib\/http\//,
    may: [PROTOCOL, CORE, /^lib\/auth\//, /^(cookie|rou3|zod)$/, /^node:(crypto|util|zlib)$/],
    mayAsType: [SERVICES, /^components\/clock\.ts$/, /^fresh\/types$/],
  },
  {
    name: "routes",
    files: /^routes\//,
    may: [
      FEATURES,
      PROTOCOL,
      /^lib\/http\//,
      /^lib\/realtime\/tickets\.ts$/,
      // The page of what would have been sent.
      /^lib\/adapters\/outbox\.ts$/,
      /^lib\/errors\.ts$/,
      /^(components\/(?!live\/)|islands\/)/,
      PREACT,
      /^zod$/,
      /^fresh\/runtime$/,
      /^virtual:parley\.css$/,
      /^openapi\.gen\.ts$/,
    ],
    mayAsType: [SERVICES, /^fresh\/types$/],
  },
  { name: "styles", files: /^lib\/styles\//, may: [/^@twind\//, /^node:/], mayAsType: [/^vite$/] },
  { name: "core", files: CORE, may: [CORE, PROTOCOL, /^(zod|pino|pino-pretty)$/], mayAsType: [SEALING] },
  { name: "audit", files: /^lib\/audit\//, may: [QUERIES, CORE], mayAsType: [SQL, PROTOCOL] },
  { name: "vault", files: /^lib\/vault\//, may: [CORE, QUERIES], mayAsType: [SQL] },
  {
    name: "jobs",
    files: /^lib\/jobs\//,
    may: [QUERIES, PROTOCOL, CORE, FEATURES, /^lib\/adapters\//],
    mayAsType: [SERVICES, SQL, SEALING],
  },
  {
    name: "adapters",
    files: /^lib\/adapters\//,
    may: [
      CORE,
      PROTOCOL,
      /^lib\/adapters\//,
      /^(nodemailer|resend|twilio|sharp|aws4fetch|web-push|ipaddr\.js)$/,
      /^node:/,
    ],
    mayAsType: [QUEUE, SERVICES, /^nodemailer/],
  },
];

/** Programs: they do things when they are run, and nobody imports them. */
const PROGRAMS = /^(main|start|dev|nitro\.entry|vite\.config)\.ts$|^tools\/|^db\/cli\.ts$/;
/** Runs in browsers, so nothing in it may need Deno or Node. */
const BROWSER_SAFE = /^(lib\/(protocol|client|highlight)|components|islands)\//;
const GENERATED = /^(fresh|openapi)\.gen\.ts$/;
const LONGEST = 300;
/** Keep what costs much to make and is the same for everybody: bounded, and nobody's. */
const PURE_CACHES = /^components\/clock\.ts$/;

const ROOT = new URL("../", import.meta.url).pathname;
const NOT_OURS = /^(\.|node_modules|tests|docs|coverage)/;

interface Import {
  from: string;
  /** A path from the root for our own files, else a package's name. */
  to: string;
  typeOnly: boolean;
}

function* sourceFiles(folder = ""): Generator<string> {
  for (const entry of Deno.readDirSync(join(ROOT, folder))) {
    const path = join(folder, entry.name);
    if (folder === "" && NOT_OURS.test(entry.name)) continue;
    if (entry.isDirectory) yield* sourceFiles(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

/** Without comments, and without what template literals say: that is text for others. */
function codeOf(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "").replaceAll(/`(?:\\[\s\S]|[^`\\])*`/g, "``");
}

/** Every form in which one module names another: `import … from`, `export … from`, `import "…"`, `import("…")`. */
function importsOf(from: string, source: string): Import[] {
  const code = codeOf(source);
  const forms = [
    /^\s*(?:import|export)\s+(?<type>type\s)?[^;"'`]*?\sfrom\s*["'](?<to>[^"']+)["']/gm,
    /^\s*import\s*["'](?<to>[^"']+)["']/gm,
    /\bimport\s*\(\s*["'](?<to>[^"']+)["']/g,
    /\bnew URL\(\s*["'](?<to>\.[^"']+\.tsx?)["']\s*,\s*import\.meta\.url/g,
  ];
  return forms.flatMap((form) =>
    [...code.matchAll(form)].map(({ groups }) => {
      const to = groups!.to!;
      const path = to.startsWith(".") ? normalize(join(dirname(from), to)) : to;
      return { from, to: path, typeOnly: groups!.type !== undefined };
    })
  );
}

const sources = new Map(
  [...sourceFiles()].sort().map((path) => [path, Deno.readTextFileSync(join(ROOT, path))]),
);
const imports = [...sources].flatMap(([path, source]) => importsOf(path, source));

/** Files of `lib/` itself have nothing in common but their place. */
function isOwnFolder(from: string, to: string): boolean {
  return dirname(from) === dirname(to) && dirname(from) !== "lib";
}

function allows({ name, files, may, mayAsType = [] }: Rule, { from, to, typeOnly }: Import): string | null {
  if (isOwnFolder(from, to) || files.test(to) && name !== "features") return null;
  if (may.some((pattern) => pattern.test(to))) return null;
  if (typeOnly && mayAsType.some((pattern) => pattern.test(to))) return null;
  return `${name}: ${from} may not import ${to}${typeOnly ? ", not even as a type" : ""}`;
}

Deno.test("a module imports only what its place allows when it names another", () => {
  const broken = imports.flatMap((found) => {
    const rules = RULES.filter(({ files }) => files.test(found.from));
    return rules.map((rule) => allows(rule, found)).filter((line) => line !== null);
  });
  expect(broken).toEqual([]);
});

Deno.test("an import is found when it is written in whatever form", () => {
  const source = `
    // import "./comment.ts";
    /* import x from "./block.ts"; */
    import a from "./a.ts";
    import { type B,
      b } from "./b.ts";
    import type { C } from "./c.ts";
    export * from "./d.ts";
    export type { E } from "./e.ts";
    import "./f.ts";
    const g = await import("./g.ts");
    new Worker(new URL("./h.ts", import.meta.url));
    import z from "zod";`;
  const found = importsOf("lib/protocol/x.ts", source);
  const named = found.map(({ to, typeOnly }) => relative("lib/protocol", to) + (typeOnly ? " as a type" : ""))
    .sort();
  const own = ["a", "b", "c as a type", "d", "e as a type", "f", "g", "h"].map((name) =>
    name.replace(/^\w/, "$&.ts")
  );
  expect(named).toEqual([relative("lib/protocol", "zod"), ...own].sort());
});

Deno.test("every rule bites when its files reach for what is not theirs", async (test) => {
  const wrong: [from: string, to: string][] = [
    ["lib/protocol/reduce.ts", "lib/client/room.ts"],
    ["lib/client/room.ts", "lib/errors.ts"],
    ["components/room/RoomView.tsx", "lib/client/room.ts"],
    ["components/room/RoomView.tsx", "lib/rooms/lounges.ts"],
    ["components/room/RoomView.tsx", "components/live/LiveRoom.tsx"],
    ["components/live/LiveRoom.tsx", "lib/config.ts"],
    ["routes/index.tsx", "components/live/LiveRoom.tsx"],
    ["islands/Room.tsx", "lib/config.ts"],
    ["lib/highlight/highlight.ts", "lib/client/room.ts"],
    ["db/queries/rooms.ts", "lib/rooms/access.ts"],
    ["lib/messages/post.ts", "lib/realtime/hub.ts"],
    ["lib/messages/post.ts", "lib/rooms/lounges.ts"],
    ["lib/messages/post.ts", "db/migrate.ts"],
    ["lib/admin/lounges.ts", "lib/rooms/lounges.ts"],
    ["lib/realtime/hub.ts", "db/client.ts"],
    ["lib/http/handler.ts", "lib/realtime/hub.ts"],
    ["routes/index.tsx", "db/queries/rooms.ts"],
    ["routes/ws.ts", "lib/realtime/hub.ts"],
    ["lib/errors.ts", "lib/services.ts"],
    ["lib/previews/page.ts", "lib/adapters/web/create.ts"],
    ["lib/adapters/web/create.ts", "lib/previews/page.ts"],
  ];
  for (const [from, to] of wrong) {
    await test.step(`${from} → ${to}`, () => {
      const rules = RULES.filter(({ files }) => files.test(from));
      expect(rules.some((rule) => allows(rule, { from, to, typeOnly: false }) !== null)).toBe(true);
    });
  }
});

Deno.test("nobody imports a program when it could import what the program uses", () => {
  const found = imports.filter(({ from, to }) => PROGRAMS.test(to) && !PROGRAMS.test(from));
  expect(found.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

/** A way from a file back to itself, through imports of code. */
function circleFrom(start: string, next: Map<string, string[]>): string[] | null {
  const seen = new Set<string>();
  const walk = (path: string[]): string[] | null => {
    for (const to of next.get(path.at(-1)!) ?? []) {
      if (to === start) return [...path, to];
      if (seen.has(to)) continue;
      seen.add(to);
      const found = walk([...path, to]);
      if (found) return found;
    }
    return null;
  };
  return walk([start]);
}

function edges(list: Import[]): Map<string, string[]> {
  return new Map(
    [...Map.groupBy(list.filter(({ typeOnly }) => !typeOnly), ({ from }) => from)]
      .map(([from, found]) => [from, found.map(({ to }) => to)]),
  );
}

Deno.test("modules never need each other in a circle when they are loaded", () => {
  const next = edges(imports);
  const circles = [...sources.keys()].map((path) => circleFrom(path, next)).filter((circle) =>
    circle !== null
  );
  expect(circles.map((circle) => circle.join(" → "))).toEqual([]);
  const made = edges(
    [["a", "b"], ["b", "c"], ["c", "a"]].map(([from, to]) => ({ from: from!, to: to!, typeOnly: false })),
  );
  expect(circleFrom("a", made)).toEqual(["a", "b", "c", "a"]);
});

Deno.test("no file is longer than 300 lines when it is written by hand", () => {
  const long = [...sources].filter(([path]) => !GENERATED.test(path))
    .map(([path, source]) => ({ path, lines: source.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > LONGEST);
  expect(long).toEqual([]);
});

/** Lines of the top level that do or keep something; what is formatted stands at the margin. */
function livelyLines(source: string): string[] {
  return codeOf(source).split("\n").filter((line) =>
    /^(?:await |for await|let |var |(?:export )?(?:const|let) [^=]*= await )/.test(line) ||
    /^(?!.*(?:=>|\bfunction\b)).*\b(?:Deno\.(?:openKv|serve|listen|connect)|postgres|connect|setInterval|setTimeout|signal|fetch)\(/
        .test(line) &&
      /^(?:\w|export )/.test(line) && !/^(?:import|export function|async function|function)/.test(line) ||
    /^(?:export )?const [^=]*= new (?:Map|Set|WeakMap|WeakSet)(?:<.*>)?\(\)/.test(line)
  );
}

Deno.test("nothing is opened, begun or kept when a module is imported", () => {
  const lively = [...sources].filter(([path]) => !PROGRAMS.test(path) && !PURE_CACHES.test(path))
    .flatMap(([path, source]) => livelyLines(source).map((line) => `${path}: ${line}`));
  expect(lively).toEqual([]);
  const bad = [
    "const kv = await Deno.openKv();",
    "export const sql = postgres(url);",
    "setInterval(sweep, 1000);",
    "let current = 0;",
    "const cache = new Map<string, number>();",
    "const count = signal(0);",
  ];
  for (const line of bad) expect([line, livelyLines(line).length]).toEqual([line, 1]);
  for (
    const line of [
      "const SAFE = new Set(['GET']);",
      "const later = () => setTimeout(run, 5);",
      "  let inner = 0;",
    ]
  ) {
    expect([line, livelyLines(line).length]).toEqual([line, 0]);
  }
});

Deno.test("neither Deno nor Node is needed when code runs in a browser", () => {
  const needy = [...sources].filter(([path]) => BROWSER_SAFE.test(path)).filter(([path, source]) => {
    return /\bDeno\.|\bprocess\.|\bBuffer\b/.test(codeOf(source).replaceAll(/\/\/.*$/gm, "")) ||
      importsOf(path, source).some(({ to }) => to.startsWith("node:"));
  });
  expect(needy.map(([path]) => path)).toEqual([]);
});
