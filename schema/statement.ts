import * as v from 'valibot';
import { idSchema } from './ids.ts';

/** `typ` of a statement's JWS (RFC 8725 §3.11): nothing else that the same key signs is taken for one. */
export const STATEMENT_TYPE = 'engawa-statement';

/**
 * What a licensor was told for a month: the payload of a compact JWS (ES256). The lines stand in the CSV, which it names by its SHA-256.
 * Amounts are whole numbers of a currency's smallest unit; times ms UTC. docs/books.md says how it is reckoned.
 */
export const StatementDocument = v.object({
  format: v.literal('engawa-statement'),
  version: v.literal(1),
  /** Whose site. */
  issuer: v.string(),
  id: idSchema('statement'),
  licensor: v.object({ id: idSchema('licensor'), name: v.string() }),
  /** [from, until). */
  from: v.number(),
  until: v.number(),
  /** Of this licensor and month; the highest counts. */
  number: v.number(),
  /** Of a correction: why. */
  reason: v.nullable(v.string()),
  /** The version of the rules that it was reckoned by. */
  rules: v.number(),
  csv: v.object({ sha256: v.string(), lines: v.number() }),
  plays: v.number(),
  minutes: v.number(),
  /** By currency. */
  money: v.record(v.string(), v.object({ revenue: v.number(), owed: v.number() })),
  /** What titles were called, by id. */
  titles: v.record(v.string(), v.string()),
  madeAt: v.number(),
});
export type StatementDocument = v.InferOutput<typeof StatementDocument>;
