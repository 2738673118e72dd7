import type { HandlerReturn } from "fresh/types";
import { z } from "zod";
import { AppError } from "../errors.ts";
import type { Config } from "../config.ts";
import type { ErrorCode } from "../protocol/errors.ts";
import { validate } from "./body.ts";
import type { Ctx } from "./state.ts";
import type { Upload, UploadedFile } from "./upload.ts";

/**
 * What a handler takes and answers. Each function here does to every request what it says in the contract, so that the
 * document made from contracts (`openapi.gen.ts`) cannot say anything else.
 */
export interface Contract {
  body?: z.ZodType;
  query?: z.ZodType;
  /** The field of a multipart form that holds a file. */
  file?: FileField;
  /** The body is a file's bytes, as they are. */
  bytes?: true;
  /** Of the answer, when it is not 200. */
  status?: number;
  /** Media type of the answer, when it is not JSON. */
  type?: string;
}

export interface FileField {
  name: string;
  maxBytes: number;
  /** What the operator has set in place of `maxBytes`. */
  configured?: (uploads: Config["uploads"]) => number;
}

export type Handle<Answer extends HandlerReturn, Context = Ctx> =
  & ((ctx: Context) => Answer | Promise<Answer>)
  & { readonly contract?: Contract };

type Taking<Input, Answer, Context> = (ctx: Context, input: Input) => Answer | Promise<Answer>;

/**
 * Hands the request's fields to the handler once `schema` has accepted them.
 * @param codes of fields whose refusal has a code of its own: it is told when nothing else is wrong
 * @throws AppError VALIDATION_FAILED, or one of `codes`
 */
export function takes<Schema extends z.ZodType, Answer extends HandlerReturn, Context extends Ctx = Ctx>(
  schema: Schema,
  handle: Taking<z.output<Schema>, Answer, Context>,
  codes: Record<string, ErrorCode> = {},
): Handle<Answer, Context> {
  return withContract({ body: schema }, (ctx) => handle(ctx, validate(schema, ctx.state.fields, codes)));
}

/**
 * As {@link takes}, for a body of one of several kinds: the first whose telltale field is there, else the last. What is
 * wrong is said of that one.
 * @throws AppError VALIDATION_FAILED
 */
export function takesOneOf<
  Schemas extends Record<string, z.ZodType>,
  Answer extends HandlerReturn,
  Context extends Ctx = Ctx,
>(
  schemas: Schemas,
  handle: Taking<z.output<Schemas[keyof Schemas]>, Answer, Context>,
): Handle<Answer, Context> {
  const kinds = Object.entries(schemas) as [string, Schemas[keyof Schemas]][];
  const body = z.union(kinds.map(([, schema]) => schema));
  return withContract({ body }, (ctx) => {
    const { fields } = ctx.state;
    const [, schema] = kinds.find(([telltale]) => telltale in fields) ?? kinds.at(-1)!;
    return handle(ctx, validate(schema, fields));
  });
}

/**
 * Hands the address's query to the handler once `schema` has accepted it.
 * @throws AppError VALIDATION_FAILED
 */
export function takesQuery<Schema extends z.ZodType, Answer extends HandlerReturn, Context extends Ctx = Ctx>(
  schema: Schema,
  handle: Taking<z.output<Schema>, Answer, Context>,
): Handle<Answer, Context> {
  const read = (ctx: Context) => validate(schema, Object.fromEntries(ctx.url.searchParams));
  return withContract({ query: schema }, (ctx) => handle(ctx, read(ctx)));
}

/**
 * Hands a multipart form's file to the handler, or undefined when its field was left empty. The address must be among
 * those that take files (`upload.ts`).
 * @throws AppError BAD_REQUEST, PAYLOAD_TOO_LARGE
 */
export function takesFile<Answer extends HandlerReturn, Context extends Ctx = Ctx>(
  file: FileField,
  handle: Taking<UploadedFile | undefined, Answer, Context>,
): Handle<Answer, Context> {
  return withContract({ file }, async (ctx) => {
    const { files } = await readForm(ctx, file);
    return handle(ctx, files[file.name]);
  });
}

/**
 * As {@link takesFile}, with the form's other fields, once `schema` has accepted them.
 * @throws AppError BAD_REQUEST, PAYLOAD_TOO_LARGE, VALIDATION_FAILED
 */
export function takesFileWith<
  Schema extends z.ZodType,
  Answer extends HandlerReturn,
  Context extends Ctx = Ctx,
>(
  file: FileField,
  schema: Schema,
  handle: Taking<{ file: UploadedFile | undefined; fields: z.output<Schema> }, Answer, Context>,
): Handle<Answer, Context> {
  return withContract({ file, body: schema }, async (ctx) => {
    const { files, fields } = await readForm(ctx, file);
    return handle(ctx, { file: files[file.name], fields: validate(schema, fields) });
  });
}

/**
 * Hands the body to the handler as it comes, and how long its sender says it is. The address must be among those that take
 * bytes (`upload.ts`).
 */
export function takesBytes<Answer extends HandlerReturn, Context extends Ctx = Ctx>(
  handle: Taking<{ body: ReadableStream<Uint8Array> | null; length?: number }, Answer, Context>,
): Handle<Answer, Context> {
  return withContract({ bytes: true }, (ctx) => {
    const length = ctx.req.headers.get("content-length");
    return handle(ctx, { body: ctx.req.body, ...(length !== null && { length: Number(length) }) });
  });
}

/** Gives the handler's answer this status, and this media type. A page keeps to the type it is rendered as. */
export function answers<Answer extends HandlerReturn, Context extends Ctx = Ctx>(
  how: Pick<Contract, "status" | "type">,
  handle: Handle<Answer, Context>,
): Handle<Answer | Response, Context> {
  return withContract({ ...handle.contract, ...how }, async (ctx) => {
    const answer = await handle(ctx);
    if (!(answer instanceof Response)) return answer;
    const headers = new Headers(answer.headers);
    if (how.type) headers.set("content-type", how.type);
    return new Response(answer.body, { status: how.status ?? answer.status, headers });
  });
}

function readForm({ state: { upload, services } }: Ctx, file: FileField): Promise<Upload> {
  if (upload) return upload(file.configured?.(services.config.uploads) ?? file.maxBytes);
  throw new AppError("BAD_REQUEST", { message: `Send a multipart form with the file “${file.name}”.` });
}

function withContract<Answer extends HandlerReturn, Context>(
  contract: Contract,
  handle: (ctx: Context) => Answer | Promise<Answer>,
): Handle<Answer, Context> {
  return Object.assign(handle, { contract });
}
