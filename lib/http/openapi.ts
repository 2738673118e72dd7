/** The document of the REST interface (OpenAPI 3.1), made from what guards enforce and contracts validate. */
import { z } from "zod";
import type { Contract } from "./contract.ts";
import { failureRefs, FAILURES } from "./openapi_failures.ts";
import type { Guard } from "./guards.ts";
import { COOKIES } from "./cookies.ts";

export type JsonSchema = Record<string, unknown>;

/** One method of one route, as it is declared. */
export interface Declared {
  /** As Fresh writes it: `/api/rooms/:roomId`. */
  pattern: string;
  method: string;
  guard: Guard;
  contract?: Contract;
  /** The handler's own docstring. */
  description: string;
}

export interface Parameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  schema: JsonSchema;
}

type Content = Record<string, { schema: JsonSchema }>;

export interface Operation {
  operationId: string;
  tags: string[];
  description: string;
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, unknown>;
}

export interface OpenApiDocument {
  openapi: string;
  info: Record<string, string>;
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, unknown>;
}

const WHO: Record<Guard, string> = {
  "anyone": "For anyone.",
  "participant": "For whoever has a session, the ghosts of a ghost room too.",
  "signed-in": "For guests and members.",
  "member": "For members.",
  "admin": "For administrators.",
  "ticket": "For the holder of a single-use ticket.",
  "development": "There in development only.",
};

const ABOUT = `Every answer in JSON is \`{"success": true, "data": …}\` or \`{"success": false, "error": …}\`.
A flat body may be sent as a form (\`application/x-www-form-urlencoded\`) too; what is left empty counts as not given.
Programs send the access token as a bearer. Browsers are known by cookies, and repeat the token of
\`POST /api/auth/csrf\` in \`X-CSRF-Token\` with every write.`;

const SECURITY_SCHEMES = {
  bearer: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The access token; 15 minutes.",
  },
  session: { type: "apiKey", in: "cookie", name: COOKIES.access },
  csrf: { type: "apiKey", in: "header", name: "X-CSRF-Token", description: "From `POST /api/auth/csrf`." },
};

const DONE: JsonSchema = {
  type: "object",
  properties: { success: { const: true }, data: { description: "As the operation says." } },
  required: ["success", "data"],
};

/** @param declared in the order in which they are to be read */
export function describeApi(declared: Declared[]): OpenApiDocument {
  const paths: OpenApiDocument["paths"] = {};
  for (const one of declared) {
    const path = one.pattern.replaceAll(/:(\w+)/g, "{$1}");
    (paths[path] ??= {})[one.method.toLowerCase()] = operation(one);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Parley", version: "1", description: ABOUT },
    paths,
    components: {
      securitySchemes: SECURITY_SCHEMES,
      schemas: { Done: DONE, ...FAILURES.schemas },
      responses: FAILURES.responses,
    },
  };
}

function operation(declared: Declared): Operation {
  const { pattern, method, guard, contract = {}, description } = declared;
  const parameters = [...pathParameters(pattern), ...queryParameters(contract.query)];
  const requestBody = bodyOf(contract);
  return {
    operationId: nameOf(method, pattern),
    tags: [areaOf(pattern)],
    description: `${description}\n\n${WHO[guard]}`,
    security: securityOf(guard, method),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { [contract.status ?? 200]: success(contract), ...failureRefs(declared) },
  };
}

/** What takes part in a write by cookie is asked for together; a bearer stands alone. */
function securityOf(guard: Guard, method: string): Operation["security"] {
  const byCookie: Record<string, string[]> = { session: [], ...(method !== "GET" && { csrf: [] }) };
  return [...(guard === "anyone" ? [{}] : []), byCookie, { bearer: [] }];
}

function success({ type = "application/json" }: Contract): JsonSchema {
  const schema = type === "application/json" ? { $ref: "#/components/schemas/Done" } : { type: "string" };
  return { description: "It was done.", content: { [type]: { schema } } };
}

function bodyOf({ body, file, bytes }: Contract): Operation["requestBody"] {
  if (bytes) {
    const schema = { type: "string", contentMediaType: "application/octet-stream" };
    return { required: true, content: { "application/octet-stream": { schema } } };
  }
  if (file) {
    const beside = (body ? schemaOf(body) : {}) as { properties?: JsonSchema; required?: string[] };
    const bytes = { type: "string", contentMediaType: "application/octet-stream" };
    const schema = {
      type: "object",
      properties: { [file.name]: bytes, ...beside.properties },
      required: [file.name, ...(beside.required ?? [])],
      description: `At most ${file.maxBytes} bytes.`,
    };
    return { required: true, content: { "multipart/form-data": { schema } } };
  }
  if (!body) return undefined;
  return {
    required: !body.safeParse({}).success,
    content: { "application/json": { schema: schemaOf(body) } },
  };
}

function pathParameters(pattern: string): Parameter[] {
  return [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name: name!,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodType | undefined): Parameter[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => (
    { name, in: "query", required: required.includes(name), schema }
  ));
}

/** What may be sent, before it is made into what the server works with. Checks without a JSON form are left out. */
function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return json;
}

/** `/api/auth/totp/confirm` → `auth`; the interface's own addresses are `api`. */
function areaOf(pattern: string): string {
  const [, , area, ...rest] = pattern.split("/");
  return rest.length > 0 ? area! : "api";
}

/** `POST /api/auth/second-factor` → `postAuthSecondFactor`. */
function nameOf(method: string, pattern: string): string {
  const words = pattern.replace(/^\/api/, "").split(/[^A-Za-z0-9]+/).filter(Boolean);
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
}
