import type { JsonSchema, OpenApiDocument, Operation } from "./openapi.ts";

/** The document as people read it: by area, each endpoint with what it takes. */
export interface Area {
  name: string;
  endpoints: Endpoint[];
}

export interface Endpoint {
  id: string;
  method: string;
  path: string;
  /** Paragraphs; code stands between backticks. */
  description: string[];
  /** Path and query. */
  parameters: Line[];
  /** The ways to fill the body; none when there is none. */
  bodies: Line[][];
}

/** One parameter, or one field of a body. */
export interface Line {
  /** With dots, where it lies deeper. */
  name: string;
  kind: string;
  required: boolean;
}

export function readingOf(document: OpenApiDocument): Area[] {
  const endpoints = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      area: operation.tags[0]!,
      endpoint: endpointOf(path, method, operation),
    }))
  );
  return [...Map.groupBy(endpoints, ({ area }) => area)]
    .map(([name, found]) => ({ name, endpoints: found.map(({ endpoint }) => endpoint) }));
}

function endpointOf(path: string, method: string, operation: Operation): Endpoint {
  const { operationId, description, parameters = [], requestBody } = operation;
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    description: description.split("\n\n"),
    parameters: parameters.map(({ name, required, schema }) => ({ name, required, kind: kindOf(schema) })),
    bodies: schema ? alternatives(schema).map((one) => linesOf(one)) : [],
  };
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  return (schema.anyOf ?? schema.oneOf ?? [schema]) as JsonSchema[];
}

function linesOf(schema: JsonSchema, within = ""): Line[] {
  const required = (schema.required ?? []) as string[];
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  return Object.entries(properties).flatMap(([name, property]) => {
    const line = { name: within + name, kind: kindOf(property), required: required.includes(name) };
    return property.properties ? [line, ...linesOf(property, `${line.name}.`)] : [line];
  });
}

/** `text, 3 to 20 characters`, `whole number, 1 to 100`, `“register”`. */
function kindOf(schema: JsonSchema): string {
  if ("const" in schema) return `“${schema.const}”`;
  if (schema.enum) return (schema.enum as string[]).map((value) => `“${value}”`).join(" or ");
  if (schema.anyOf) return (schema.anyOf as JsonSchema[]).map(kindOf).join(" or ");
  const kind = KINDS[String(schema.type)] ?? "anything";
  if (schema.type === "string") return kind + range(schema.minLength, schema.maxLength, " characters");
  const least = schema.minimum ?? (schema.exclusiveMinimum === 0 ? 1 : undefined);
  const most = schema.maximum === Number.MAX_SAFE_INTEGER ? undefined : schema.maximum;
  return kind + range(least, most, "");
}

const KINDS: Record<string, string> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  array: "list",
  object: "object",
  null: "nothing",
};

function range(least: unknown, most: unknown, unit: string): string {
  if (least !== undefined && most !== undefined) return `, ${least} to ${most}${unit}`;
  if (most !== undefined) return `, at most ${most}${unit}`;
  return least === undefined || least === 1 ? "" : `, at least ${least}${unit}`;
}
