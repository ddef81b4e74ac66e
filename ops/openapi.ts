import { readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchema, toJsonSchemaDefs, type ConversionConfig } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import app from '../edge/app.ts';
import { contracts, type Contract } from '../edge/http/contract.ts';
import * as accounts from '../schema/api/accounts.ts';
import * as catalog from '../schema/api/catalog.ts';
import * as editing from '../schema/api/editing.ts';
import * as exported from '../schema/api/export.ts';
import * as ingest from '../schema/api/ingest.ts';
import * as me from '../schema/api/me.ts';
import * as media from '../schema/api/media.ts';
import * as people from '../schema/api/people.ts';
import * as playback from '../schema/api/playback.ts';
import * as plan from '../schema/jobs/plan.ts';
import * as tasks from '../schema/jobs/task.ts';
import * as ladder from '../schema/ladder.ts';
import * as pack from '../schema/package.ts';
import { problemCodes, ProblemDocument, problems } from '../schema/problem.ts';

// Writes docs/openapi.json from what the routes say of themselves (edge/http/contract.ts).

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null | undefined;
type Entries = Record<string, GenericSchema & { default?: unknown }>;

const isSchema = (value: unknown): value is GenericSchema =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';
/** Schemas with a name of their own, each written once and referred to. */
const named: Record<string, GenericSchema> = { ProblemDocument };
for (const shapes of [
  accounts,
  catalog,
  editing,
  exported,
  ingest,
  me,
  media,
  people,
  playback,
  tasks,
  plan,
  pack,
  ladder,
])
  for (const [name, value] of Object.entries(shapes))
    if (isSchema(value) && !/Query$|Place$|Id$/.test(name)) named[name] = value;

// Requests and answers alike are described as JSON: what a schema takes in, before it is turned into anything.
const config = {
  target: 'draft-2020-12',
  typeMode: 'input',
  errorMode: 'ignore',
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
} satisfies ConversionConfig;

function jsonSchema(schema: GenericSchema): Json {
  const name = Object.keys(named).find((key) => named[key] === schema);
  if (name) return { $ref: `#/components/schemas/${name}` };
  const {
    $schema: _version,
    $defs: _defs,
    ...rest
  } = toJsonSchema(schema, { ...config, definitions: named });
  return rest as Json;
}

const entriesOf = (schema: GenericSchema | undefined): Entries =>
  schema && 'entries' in schema ? (schema.entries as Entries) : {};
const isOptional = (schema: GenericSchema) => schema.type === 'optional';
const bare = (schema: GenericSchema) =>
  isOptional(schema) && 'wrapped' in schema ? (schema.wrapped as GenericSchema) : schema;

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description:
    'The revision that the change starts from, in quotes, as `revision` and ETag say it: refused with 412 where it is another one by now. Left out: the last write wins.',
};

function parameters(path: string, { accepts, cached, conditional }: Contract): Json[] {
  const inPath = entriesOf(accepts.param);
  const names = [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1]!);
  return [
    ...names.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: inPath[name] ? jsonSchema(inPath[name]) : { type: 'string' },
    })),
    ...Object.entries(entriesOf(accepts.query)).map(([name, schema]) => ({
      name,
      in: 'query',
      required: !isOptional(schema),
      schema: jsonSchema(bare(schema)),
    })),
    ...(cached ? [{ name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } }] : []),
    ...(conditional ? [ifMatch] : []),
  ];
}

function requestBody({ accepts, body }: Contract): Json {
  if (accepts.json)
    return { required: true, content: { 'application/json': { schema: jsonSchema(accepts.json) } } };
  if (!body) return undefined;
  return { required: true, content: Object.fromEntries(body.map((type) => [type, {}])) };
}

const signedIn = (guard: Contract['guard']) => guard !== 'anyone' && guard !== 'task' && guard !== 'playback';
const refusals = {
  InvalidRequest: 'invalid-request: the fields that are wrong stand in `errors`',
  NotSignedIn: 'not-signed-in, or invalid-token',
  NotRecent:
    'not-signed-in, or invalid-token; step-up-required where the sign-in is older than 15 minutes: POST /api/auth/step-up, or a new token',
  NotAllowed: 'not-allowed, or cross-site',
  NotFound: 'not-found',
  ChangedMeanwhile: 'changed-meanwhile: somebody else changed it first; nothing was done',
  TooLarge: 'too-large',
  UnsupportedMedia: 'unsupported-media',
  TooManyRequests: 'too-many-requests: `retryAt` and Retry-After say when to try again',
  Problem: 'Any other problem; `code` says which',
};
const problem = (name: keyof typeof refusals): Json => ({ $ref: `#/components/responses/${name}` });

function responses(
  path: string,
  { returns, guard, recent, accepts, body, cached, limits, conditional }: Contract,
): Json {
  const answers: { [status: string]: Json } = {};
  for (const [status, schema] of Object.entries(returns))
    answers[status] = schema
      ? { description: 'As asked', content: { 'application/json': { schema: jsonSchema(schema) } } }
      : { description: status === '204' ? 'Done' : status === '304' ? 'Not modified' : 'As asked' };
  if (cached) answers['304'] = { description: 'Not modified' };
  if (Object.keys(accepts).length > 0) answers['400'] = problem('InvalidRequest');
  if (signedIn(guard)) {
    answers['401'] = problem(recent ? 'NotRecent' : 'NotSignedIn');
    answers['403'] = problem('NotAllowed');
  }
  if (guard === 'task' || guard === 'playback') answers['401'] = problem('NotSignedIn');
  if (path.includes(':')) answers['404'] = problem('NotFound');
  if (conditional) answers['412'] = problem('ChangedMeanwhile');
  if (accepts.json || body) {
    answers['413'] = problem('TooLarge');
    answers['415'] = problem('UnsupportedMedia');
  }
  if (limits) answers['429'] = problem('TooManyRequests');
  answers['default'] = problem('Problem');
  return answers;
}

const security: Record<NonNullable<Contract['guard']>, Json[]> = {
  anyone: [],
  playback: [], // the token stands in the address
  task: [{ task: [] }],
  viewer: [{ bearer: [] }, { cookie: [] }],
  moderator: [{ bearer: [] }, { cookie: [] }],
  staff: [{ bearer: [] }, { cookie: [] }],
  editor: [{ bearer: [] }, { cookie: [] }],
  admin: [{ bearer: [] }, { cookie: [] }],
};

/** `GET /api/titles/:slug` → `getTitlesBySlug`. */
const operationId = (method: string, path: string) =>
  method.toLowerCase() +
  path
    .replace(/^\/api/, '')
    .replaceAll(/:([A-Za-z]+)(\{[^}]*\})?/g, 'by-$1')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
const tag = (path: string) => (path.startsWith('/api/') ? path.split('/')[2] : path.split('/')[1]) ?? '';

const paths: { [path: string]: { [method: string]: Json } } = {};
for (const [key, contract] of contracts(app)) {
  const [method, path] = key.split(' ') as [string, string];
  const template = path.replaceAll(/:([A-Za-z]+)(\{[^}]*\})?/g, '{$1}');
  (paths[template] ??= {})[method.toLowerCase()] = {
    operationId: operationId(method, path),
    summary: contract.summary,
    tags: [tag(path)],
    description: signedIn(contract.guard)
      ? `Needs the role ${contract.guard}${contract.recent ? ', and a sign-in of the last 15 minutes (RFC 9470)' : ''}.`
      : undefined,
    security: security[contract.guard ?? 'anyone'],
    parameters: parameters(path, contract),
    requestBody: requestBody(contract),
    responses: responses(path, contract),
  };
}

/** The named schemas that a document refers to, and those that they refer to. */
function used(from: Json, all: Record<string, Json>): Record<string, Json> {
  const found = new Set<string>();
  const look = (json: Json) => {
    for (const [, name] of JSON.stringify(json ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      if (name && !found.has(name)) {
        found.add(name);
        look(all[name]);
      }
  };
  look(from);
  return Object.fromEntries(Object.entries(all).filter(([name]) => found.has(name)));
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const document = {
  openapi: '3.1.1',
  info: {
    title: 'Engawa',
    version,
    description:
      'Times are milliseconds UTC, ids are prefixed text that sorts by age. Lists are pages: send `next` back as `cursor`. ' +
      'Refusals are RFC 9457 problem documents.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  paths,
  components: {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'From POST /api/auth/token.',
      },
      cookie: {
        type: 'apiKey',
        in: 'cookie',
        name: '__Host-engawa',
        description: 'From sign-in; without the prefix on http://localhost. Only from the site itself.',
      },
      task: {
        type: 'http',
        scheme: 'bearer',
        description: 'The token that came with one attempt of a task.',
      },
    },
    responses: Object.fromEntries(
      Object.entries(refusals).map(([name, description]) => [
        name,
        { description, content: { 'application/problem+json': { schema: jsonSchema(ProblemDocument) } } },
      ]),
    ),
    schemas: used(
      [paths, jsonSchema(ProblemDocument)],
      toJsonSchemaDefs(named, config) as Record<string, Json>,
    ),
  },
  'x-problems': problemCodes.map((code) => ({ code, ...problems[code] })),
};

writeFileSync('docs/openapi.json', `${JSON.stringify(document, null, 2)}\n`);
