import { DrizzleQueryError } from 'drizzle-orm/errors';

/** Mail addresses; tokens (JWS, and ours: an id, what it says, a MAC) in texts and addresses; what signs an address of a store or a CDN. */
const MASKED: [RegExp, string][] = [
  [/[\w.+%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+/g, '‹address›'],
  [/eyJ[\w-]*\.[\w-]*\.[\w-]*/g, '‹token›'],
  [/\b[a-z]{3}_[a-z0-9]+\.[\w-]+\.[\w-]{22,}/g, '‹token›'],
  [/\b(Bearer|Basic)\s+[^\s"\\]+/gi, '$1 ‹token›'],
  [/((?:X-Amz-(?:Signature|Credential|Security-Token)|Signature|Policy|token)=)[^&\s"\\]+/gi, '$1‹token›'],
];
const mask = (line: string): string =>
  MASKED.reduce((text, [pattern, instead]) => text.replaceAll(pattern, instead), line);

/** A failed query's own message lists its parameters; its cause and its SQL say what is wrong without them. */
const said = (error: Error): string =>
  error instanceof DrizzleQueryError ? `${String(error.cause)} in ${error.query}` : String(error);
const stackOf = (error: Error): string | undefined =>
  error instanceof DrizzleQueryError ? error.cause?.stack : error.stack;

/**
 * Writes one line of JSON to the log: the one place that does. Errors may stand in it as they are, with their stack as `stack`.
 * Nothing in it names a person or opens anything: what looks as if it did is masked, wherever it came from.
 */
export function complain(facts: Record<string, unknown>): void {
  const { error } = facts;
  const stack = error instanceof Error ? { stack: stackOf(error) } : {};
  const plain = (_: string, value: unknown) => (value instanceof Error ? said(value) : value);
  // oxlint-disable-next-line eslint/no-console -- the one place
  console.error(mask(JSON.stringify({ ...facts, ...stack }, plain)));
}
