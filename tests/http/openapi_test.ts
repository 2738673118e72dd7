/** The document of the REST interface, held against the routes that answer. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect } from "expect";
import { z } from "zod";
import { routes } from "../../fresh.gen.ts";
import type { JsonSchema, OpenApiDocument, Operation } from "../../lib/http/openapi.ts";
import { ERRORS } from "../../lib/protocol/errors.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal, roomOf, Visitor } from "../support/visitor.ts";

const parley = parleyForFile({ seed: "history" });

async function served(): Promise<OpenApiDocument> {
  const response = await fetch(`${parley().node.origin}/api/openapi.json`);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  return await response.json();
}

function bodySchema({ requestBody }: Operation): JsonSchema | undefined {
  return requestBody?.content["application/json"]?.schema;
}

/** Whether the document, read by itself, allows this body. */
function allows(schema: JsonSchema, body: unknown): boolean {
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(body).success;
}

Deno.test("the document is valid OpenAPI 3.1 when it is served", async () => {
  const validator = new Validator();
  const document = await served();
  const { valid, errors } = await validator.validate(structuredClone(document) as unknown as JsonSchema);
  expect([errors, valid]).toEqual([undefined, true]);
  expect(validator.version).toBe("3.1");
  const broken = { ...document, paths: { "no-slash": { get: { responses: 1 } } } };
  expect((await new Validator().validate(broken as unknown as JsonSchema)).valid).toBe(false);
  const names = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId)
  );
  expect(new Set(names).size).toBe(names.length);
});

Deno.test("the document names every route below /api with its methods and nothing else when it is served", async () => {
  const { paths } = await served();
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
  );
  const answered = routes.filter(({ pattern }) => pattern.startsWith("/api/")).flatMap((route) =>
    Object.keys(route.methods).map((method) => `${method} ${route.pattern.replaceAll(/:(\w+)/g, "{$1}")}`)
  );
  expect(documented.sort()).toEqual(answered.sort());
});

Deno.test("the document says who may call, what a path holds and every code when an operation is read", async () => {
  const document = await served();
  const passkey = document.paths["/api/auth/passkeys/{id}"]!.patch!;
  expect(passkey.description).toContain("For members.");
  expect(passkey.security).toEqual([{ session: [], csrf: [] }, { bearer: [] }]);
  expect(passkey.parameters).toEqual([{
    name: "id",
    in: "path",
    required: true,
    schema: { type: "string" },
  }]);
  expect(document.paths["/api/auth/me"]!.get!.security).toEqual([{ session: [] }, { bearer: [] }]);
  const history = document.paths["/api/chatroom/rooms/{roomId}/messages"]!.get!;
  expect(history.parameters!.map(({ name, in: where }) => [name, where])).toEqual([
    ["roomId", "path"],
    ["cursor", "query"],
    ["after", "query"],
    ["limit", "query"],
  ]);
  expect(Object.keys(document.paths["/api/me/erase"]!.post!.responses)).toContain("202");
  const { schemas } = document.components as { schemas: { Error: { properties: { code: JsonSchema } } } };
  expect(schemas.Error.properties.code.enum).toEqual(Object.keys(ERRORS));
});

Deno.test("a body is refused by the route when the document does not allow an unknown field, on every route", async (test) => {
  const { node } = parley();
  // Whom every guard lets through.
  const ann = await member(node, { role: "ADMIN" });
  const authorization = `Bearer ${ann.accessToken}`;
  const { paths } = await served();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const schema = bodySchema(operation);
      if (!schema) continue;
      await test.step(`${method} ${path}`, async () => {
        const body = { nobodyKnowsThis: 1 };
        expect(allows(schema, body)).toBe(false);
        const response = await fetch(node.origin + path.replaceAll(/\{\w+\}/g, "1"), {
          method: method.toUpperCase(),
          headers: { authorization, "content-type": "application/json" },
          body: JSON.stringify(body),
        });
        await refusal(response, 400, "VALIDATION_FAILED");
      });
    }
  }
});

Deno.test("a field is refused by the route when the document does not allow it, and taken when it does", async (test) => {
  const { node } = parley();
  const { paths } = await served();
  const wrong: [path: string, body: Record<string, unknown>, field: string][] = [
    ["/api/auth/register", { email: "a@b.example", username: "ab", password: "long enough" }, "username"],
    ["/api/auth/register", { username: "abc", password: "long enough" }, "email"],
    ["/api/auth/login", { email: "a@b.example", password: "" }, "password"],
    ["/api/auth/signup", { phoneNumber: "+31612345678", birthYear: 1200 }, "birthYear"],
    ["/api/auth/resendOTP", { purpose: "nothing", target: "a@b.example" }, "purpose"],
    ["/api/auth/guest", { ageCategory: "_12PLUS" }, "ageCategory"],
  ];
  for (const [path, body, field] of wrong) {
    await test.step(`${path}: ${field}`, async () => {
      expect(allows(bodySchema(paths[path]!.post!)!, body)).toBe(false);
      const { fields } = await refusal(await new Visitor(node).post(path, body), 400, "VALIDATION_FAILED");
      expect(Object.keys(fields!)).toEqual([field]);
    });
  }
  const right = { ageCategory: "_18PLUS", nickname: "Documented" };
  expect(allows(bodySchema(paths["/api/auth/guest"]!.post!)!, right)).toBe(true);
  await dataOf(await new Visitor(node).post("/api/auth/guest", right));
});

Deno.test("what is wrong is said of the kind of body that was sent when a route takes one of several", async () => {
  const ann = await guest(parley().node);
  await ann.csrf();
  const byPhone = await ann.post("/api/auth/upgrade", { phoneNumber: "+31612345678" });
  expect(Object.keys((await refusal(byPhone, 400, "VALIDATION_FAILED")).fields!)).toEqual(["birthYear"]);
  const byMail = await ann.post("/api/auth/upgrade", { username: "somebody", password: "long enough" });
  expect(Object.keys((await refusal(byMail, 400, "VALIDATION_FAILED")).fields!)).toEqual(["email"]);
});

Deno.test("a query is refused when the document does not allow it", async () => {
  const { node } = parley();
  const { id } = await roomOf(node);
  const response = await fetch(`${node.origin}/api/chatroom/rooms/${id}/messages?limit=101`);
  expect(Object.keys((await refusal(response, 400, "VALIDATION_FAILED")).fields!)).toEqual(["limit"]);
});

Deno.test("every endpoint can be read by people when the page of the interface is opened", async () => {
  const { response, text } = await new Visitor(parley().node).get("/api/docs");
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    expect.stringMatching(/^text\/html/),
  ]);
  const { paths } = await served();
  for (const [path, methods] of Object.entries(paths)) {
    expect(text).toContain(path);
    for (const { operationId } of Object.values(methods)) expect(text).toContain(`id="${operationId}"`);
  }
  expect(text).not.toMatch(/<style\b|\sstyle="|src="https?:/);
});
