/** How the document tells of refusals: one response for each status, with the codes that the one table gives it. */
import { ERRORS } from "../protocol/errors.ts";
import type { Declared } from "./openapi.ts";

const CODES = Object.entries(ERRORS);
const BY_STATUS = Map.groupBy(CODES, ([, [status]]) => status);

const ERROR = {
  type: "object",
  properties: {
    code: { type: "string", enum: CODES.map(([code]) => code) },
    message: { type: "string", description: "Can be shown to people." },
    fields: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "Field → what is wrong with it; of the whole under an empty name.",
    },
    retryAfter: { type: "number", description: "Seconds." },
  },
  required: ["code", "message"],
};

const FAILURE = {
  type: "object",
  properties: { success: { const: false }, error: { $ref: "#/components/schemas/Error" } },
  required: ["success", "error"],
};

function response(codes: typeof CODES) {
  const narrowed = {
    allOf: [{ $ref: "#/components/schemas/Failure" }],
    properties: { error: { properties: { code: { enum: codes.map(([code]) => code) } } } },
  };
  return {
    description: codes.map(([code, [, message]]) => `\`${code}\`: ${message}`).join("\n\n"),
    content: { "application/json": { schema: narrowed } },
  };
}

/** Parts of the document that operations refer to. */
export const FAILURES = {
  schemas: { Error: ERROR, Failure: FAILURE },
  responses: {
    Failure: {
      description: "Any other refusal.",
      content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } },
    },
    ...Object.fromEntries([...BY_STATUS].map(([status, codes]) => [`Status${status}`, response(codes)])),
  },
};

/** What follows from the declaration, by status, and `default` for what the action itself may refuse. */
export function failureRefs({ pattern, method, guard, contract = {} }: Declared): Record<string, unknown> {
  const write = method !== "GET";
  const statuses = [
    ...(write || contract.query ? [400] : []),
    ...(guard === "anyone" ? [] : [401]),
    ...(write || guard === "member" || guard === "admin" ? [403] : []),
    ...(pattern.includes(":") ? [404] : []),
    ...(write ? [413] : []),
    429,
    500,
  ];
  const refs = statuses.map((status) => [status, { $ref: `#/components/responses/Status${status}` }]);
  return { ...Object.fromEntries(refs), default: { $ref: "#/components/responses/Failure" } };
}
