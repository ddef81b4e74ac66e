import * as v from 'valibot';
import { auditOps } from '../audit-chain.ts';
import { idSchema } from '../ids.ts';
import { roles } from './accounts.ts';
import { page, PageQuery } from './page.ts';

/**
 * Whether a change can be put back, `yes`, or why not. `rights`: licences and holdbacks are amended and revoked, so that what was agreed
 * when stays readable; `takedown`: is lifted, with a reason; `media`: files are gone, or were made; `published`: another version is
 * published instead; `people`: roles, what people are on and accounts are changed by hand; `money`: so is what is sold, given or advertised;
 * `act`: what was no row.
 */
export const undoReasons = [
  'yes',
  'rights',
  'takedown',
  'media',
  'published',
  'people',
  'money',
  'act',
] as const;

/** One column before and after, as the API would say it; null where there was nothing. */
const Field = v.object({ name: v.string(), before: v.unknown(), after: v.unknown() });

/** One entry of the audit log: what a request did to one row. */
export const AuditItem = v.object({
  seq: v.number(),
  /** When the request came, ms UTC. */
  at: v.number(),
  request: v.string(),
  /** The route: `PATCH /api/admin/titles/:id`. */
  operation: v.string(),
  /** `name` null: the account is not there any more. */
  actor: v.object({ id: v.string(), name: v.nullable(v.string()), role: v.picklist(roles) }),
  /** From where; null in histories, which editors see of each other. */
  from: v.nullable(
    v.object({
      address: v.nullable(v.string()),
      country: v.nullable(v.string()),
      userAgent: v.nullable(v.string()),
    }),
  ),
  /** The table of the row, or a word for what is none. */
  kind: v.string(),
  /** Its primary key; of several columns, with blanks between. */
  id: v.string(),
  titleId: v.nullable(v.string()),
  episodeId: v.nullable(v.string()),
  op: v.picklist(auditOps),
  fields: v.array(Field),
  undo: v.picklist(undoReasons),
});
export type AuditItem = v.InferOutput<typeof AuditItem>;

/** A page of entries, newest first; `names` of ids that stand in them, as far as they are known. */
export const AuditPage = v.object({ ...page(AuditItem).entries, names: v.record(v.string(), v.string()) });
export type AuditPage = v.InferOutput<typeof AuditPage>;

const short = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const time = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be milliseconds UTC'), v.transform(Number));
/** `GET /api/admin/audit`. Times in ms UTC, [from, to). */
export const AuditQuery = v.object({
  ...PageQuery,
  actor: v.optional(short),
  kind: v.optional(short),
  /** An id; of a title or an episode, also of all that belongs to it. */
  of: v.optional(short),
  operation: v.optional(short),
  request: v.optional(short),
  from: v.optional(time),
  to: v.optional(time),
  /** A part of what was there before or after. */
  q: v.optional(v.pipe(short, v.minLength(3, 'must have three letters at least'))),
});
export type AuditQuery = v.InferOutput<typeof AuditQuery>;

const Head = v.object({ seq: v.number(), hash: v.string(), at: v.nullable(v.number()) });
/** `GET /api/admin/audit/state`: how far the chain has come. */
export const AuditState = v.object({
  /** The last entry; null: there is none. */
  last: v.nullable(v.object({ seq: v.number(), at: v.number() })),
  /** The last seal, with the time of its entry. */
  sealed: v.nullable(Head),
  /** The last head that was signed and kept outside the database, with the time of that. */
  anchored: v.nullable(Head),
});
export type AuditState = v.InferOutput<typeof AuditState>;

export const ChangeId = v.object({ request: idSchema('request') });
/** `POST /api/admin/changes/:request/undo`. */
export const Undone = v.object({
  /** The undo is a change itself, and can be undone by this id; null: everything was back already. */
  request: v.nullable(idSchema('request')),
  /** How many rows were put back. */
  rows: v.number(),
});
export type Undone = v.InferOutput<typeof Undone>;

const Text = v.nullable(v.string());
const Entry = v.object({
  seq: v.number(),
  at: v.number(),
  request: v.string(),
  operation: v.string(),
  actorId: v.string(),
  actorRole: v.string(),
  address: Text,
  country: Text,
  userAgent: Text,
  kind: v.string(),
  rowId: v.string(),
  titleId: Text,
  episodeId: Text,
  op: v.picklist(auditOps),
  before: Text,
  after: Text,
});
const Jwk = v.looseObject({ kty: v.string(), kid: v.string() });
/** A line of `GET /api/admin/audit/export` (NDJSON): a heading, then the anchors, then the entries in order, then an end. */
export const ExportLine = v.variant('line', [
  v.object({
    line: v.literal('log'),
    format: v.literal('engawa-audit'),
    version: v.literal(1),
    origin: v.string(),
    at: v.number(),
    /** The public keys that anchors are signed with. */
    keys: v.array(Jwk),
  }),
  v.object({ line: v.literal('anchor'), object: v.string(), jws: v.string() }),
  /** `seal` null: made in the last moments. */
  v.object({ line: v.literal('entry'), seal: Text, entry: Entry }),
  /** `sealed`: the number of the last seal. */
  v.object({ line: v.literal('end'), entries: v.number(), sealed: v.number() }),
]);
export type ExportLine = v.InferOutput<typeof ExportLine>;
