import * as v from 'valibot';
import { invalid, Refusal } from './errors.ts';

type Node = Map<string, Node | string>;

// `a[b][]=1&a[b][]=2`: empty brackets count up.
function put(at: Node, path: string[], value: string): void {
  const [head = '', ...rest] = path;
  const name = head === '' ? String(at.size) : head;
  if (!rest.length) {
    at.set(name, value);
    return;
  }
  const known = at.get(name);
  const next: Node = known instanceof Map ? known : new Map();
  at.set(name, next);
  put(next, rest, value);
}

type Value = string | Value[] | { [name: string]: Value };

function plain(node: Node | string): Value {
  if (typeof node === 'string') return node;
  const names = [...node.keys()];
  if (names.length && names.every((name) => /^\d+$/.test(name))) return [...node.values()].map(plain);
  return Object.fromEntries([...node].map(([name, value]) => [name, plain(value)]));
}

/** `application/x-www-form-urlencoded` with Stripe's brackets, of a body or a query. */
export function decode(text: string): Record<string, Value> {
  const root: Node = new Map();
  for (const [name, value] of new URLSearchParams(text)) {
    const [head = '', ...rest] = name.split('[');
    put(root, [head, ...rest.map((part) => part.replace(/\]$/, ''))], value);
  }
  return Object.fromEntries([...root].map(([name, value]) => [name, plain(value)]));
}

// What forms hold is text; '' unsets (https://docs.stripe.com/api/metadata).
export const text = v.pipe(v.string(), v.minLength(1), v.maxLength(5000));
export const clearable = v.pipe(
  v.pipe(v.string(), v.maxLength(5000)),
  v.transform((value) => value || null),
);
export const whole = v.pipe(
  v.string(),
  v.regex(/^-?\d{1,12}$/, 'integer'),
  v.transform((value) => Number(value)),
);
export const yes = v.pipe(
  v.picklist(['true', 'false'], 'boolean'),
  v.transform((value) => value === 'true'),
);
export const decimal = v.pipe(v.string(), v.regex(/^-?\d+(\.\d+)?$/, 'decimal'), v.transform(Number));
export const metadata = v.union([
  v.record(v.pipe(v.string(), v.maxLength(40)), v.pipe(v.string(), v.maxLength(500))),
  v.pipe(
    v.literal(''),
    v.transform((): Record<string, string> | null => null),
  ),
]);
export const range = v.optional(
  v.union([
    whole,
    v.strictObject({
      gt: v.optional(whole),
      gte: v.optional(whole),
      lt: v.optional(whole),
      lte: v.optional(whole),
    }),
  ]),
);
/** Of every list (https://docs.stripe.com/api/pagination). */
export const page = {
  limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(100))),
  starting_after: v.optional(text),
  ending_before: v.optional(text),
};

const path = (issue: v.BaseIssue<unknown>): string =>
  (issue.path ?? []).map((item, i) => (i ? `[${String(item.key)}]` : String(item.key))).join('');

function refusal(issue: v.BaseIssue<unknown>): Refusal {
  const param = path(issue);
  // Of a union, the alternative that came furthest says what is wrong.
  const deeper = issue.issues?.filter((one) => one.path?.length);
  const nearest = deeper?.toSorted((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0))[0];
  if (nearest) {
    const inner = refusal(nearest);
    return nearest.path?.[0]?.key === issue.path?.[0]?.key
      ? inner
      : invalid(inner.message, `${param}[${inner.body.param}]`, inner.body.code);
  }
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return invalid(
      `Received unknown parameter: ${param}. (Stripe may know it; this stand-in for Stripe does not.)`,
      param,
      'parameter_unknown',
    );
  if (issue.received === 'undefined')
    return invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
  if (issue.message === 'integer')
    return invalid(`Invalid integer: ${String(issue.input)}`, param, 'parameter_invalid_integer');
  if (issue.input === '')
    return invalid(`You passed an empty string for '${param}'.`, param, 'parameter_invalid_empty');
  if (issue.type === 'picklist')
    return invalid(
      `Invalid ${param}: must be one of ${issue.expected?.replaceAll('"', '').replaceAll(' |', ',') ?? '…'}`,
      param,
    );
  return invalid(`Invalid ${param}: ${String(issue.input)}`, param);
}

/** What a request says, by the schema of what Stripe takes there. @throws Refusal */
export function read<S extends v.GenericSchema>(schema: S, form: unknown): v.InferOutput<S> {
  const read = v.safeParse(schema, form, { abortEarly: true });
  if (!read.success) throw refusal(read.issues[0]);
  return read.output;
}

/**
 * The parameters of a request, held to the SDK's own list of them: whatever stands in the schema is a parameter that Stripe has.
 * What Stripe has and the schema has not is refused as unknown, rather than taken and forgotten.
 */
export const accepts =
  <P>() =>
  <E extends v.ObjectEntries>(entries: E & { [K in Exclude<keyof E, keyof P>]: never }) =>
    v.strictObject<E>(entries);

/** Metadata as it is after a change: keys are added one by one, '' takes one away, `metadata=` all of them. */
export function labelled(
  now: Record<string, string> | null,
  change: Record<string, string> | null | undefined,
): Record<string, string> {
  if (change === undefined) return now ?? {};
  return Object.fromEntries(
    Object.entries({ ...(change && now), ...change }).filter(([, value]) => value !== ''),
  );
}
