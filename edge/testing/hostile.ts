import type { GenericSchema } from 'valibot';
import * as v from 'valibot';
import { idPrefixes } from '../../schema/ids.ts';
import { addressOf, parametersOf, type Route } from './routes.ts';

/** Chance that repeats itself: the same seed, the same requests (mulberry32). */
export type Dice = {
  below(n: number): number;
  chance(part: number): boolean;
  pick<T>(list: readonly T[]): T;
};
export function dice(seed: number): Dice {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, chance: (part) => next() < part, pick: (list) => list[below(list.length)]! };
}

/** Texts that have broken something somewhere. */
const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'undefined',
  'true',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  '../../../../etc/passwd',
  '..%2f..%2fsecrets',
  '%00',
  '%',
  '%zz',
  '%E0%A4%A',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202Egnp.exe',
  'ﷺ'.repeat(40),
  '👩‍👩‍👧‍👦'.repeat(30),
  "' OR '1'='1' --",
  '"; DROP TABLE users; --',
  '%_%_%',
  '${7*7}{{7*7}}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '//evil.example/%2e%2e',
  'https://evil.example/',
  'http://169.254.169.254/latest/meta-data/',
  '\r\nSet-Cookie: engawa=1',
  '(((((((((a+)+)+)+)+)+)+)+)!',
  'e'.repeat(5_000),
  '9'.repeat(400),
  '1e999',
  '0x7fffffff',
  '2147483648',
  '9007199254740993',
  '１２３４５６',
  'ａｄｍｉｎ',
  '2026-02-30T25:61:00Z',
  'null@[::1]',
  'a@b.c,d@e.f',
];
/** Texts that somewhere are right, so that what is behind a check is reached as well. */
const RIGHT = [
  'eve@people.test',
  'hanako-canary@people.test',
  'a password of somebody else',
  '123456',
  '1234',
  'ja',
  'en',
  'pt-BR',
  'JP',
  'koi',
  'A name',
  'a-slug',
  '0.json', // a break of a play
  'master.m3u8',
  'v360.m3u8',
  'v360',
  'e30.e30.e30',
  '0',
  '99999999999999999999',
  'video.mkv',
  'viewer',
  'admin',
  'https://engawa.test/x',
  '#aabbcc',
  'public-key',
  '2026-06-01',
  'Asia/Tokyo',
  ...Object.values(idPrefixes).map((prefix) => `${prefix}_00000000`),
];
const NUMBERS = [0, -0, 1, -1, 2, 6, 24, 0.1, 1e-320, 1e308, 2 ** 31, 2 ** 53, -(2 ** 63), 1_790_000_000_000];

export const text = (d: Dice): string => d.pick(TEXTS);

/** Any JSON, of a few levels at most. */
export function anything(d: Dice, depth = 0): unknown {
  switch (d.below(depth > 3 ? 5 : 8)) {
    case 0:
      return null;
    case 1:
      return d.chance(0.5);
    case 2:
      return d.pick(NUMBERS);
    case 3:
      return d.pick(RIGHT);
    case 4:
      return text(d);
    case 5:
      return Array.from({ length: d.pick([0, 1, 3, 300]) }, () => d.pick<unknown>([null, 1, 'x', {}]));
    case 6:
      return Array.from({ length: d.below(4) }, () => anything(d, depth + 1));
    default:
      return Object.fromEntries(Array.from({ length: d.below(4) }, () => [text(d), anything(d, depth + 1)]));
  }
}

/** The parts of valibot's schemas that say what they take. */
type Shape = {
  type: string;
  entries?: Record<string, GenericSchema>;
  item?: GenericSchema;
  items?: GenericSchema[];
  options?: readonly unknown[];
  wrapped?: GenericSchema;
  literal?: unknown;
};

/** Something that a schema takes, or nearly. */
export function taken(schema: GenericSchema, d: Dice): unknown {
  const shape = schema as Shape;
  switch (shape.type) {
    case 'object':
    case 'loose_object':
    case 'strict_object':
      return Object.fromEntries(
        Object.entries(shape.entries ?? {})
          .filter(([, entry]) => !(entry.type === 'optional' && d.chance(0.4)))
          .map(([name, entry]) => [name, taken(entry, d)]),
      );
    case 'array':
      return Array.from({ length: d.below(4) }, () => taken(shape.item!, d));
    case 'tuple':
      return shape.items!.map((item) => taken(item, d));
    case 'picklist':
      return d.pick(shape.options!);
    case 'union':
    case 'variant':
      return taken(d.pick(shape.options as readonly GenericSchema[]), d);
    case 'optional':
    case 'nullable':
    case 'nullish':
      return d.chance(0.2) ? null : taken(shape.wrapped!, d);
    case 'literal':
      return shape.literal;
    case 'boolean':
      return d.chance(0.5);
    case 'number':
      return fitting(schema, NUMBERS, d);
    case 'string':
      return fitting(schema, RIGHT, d);
    default:
      return anything(d);
  }
}
const fitting = (schema: GenericSchema, candidates: readonly unknown[], d: Dice): unknown => {
  const good = candidates.filter((candidate) => v.is(schema, candidate));
  return d.pick(good.length > 0 ? good : candidates);
};

/** One place of it is something else, is gone, or is more than was asked for. */
function spoilt(value: unknown, d: Dice): unknown {
  if (typeof value !== 'object' || value === null || d.chance(0.15)) return anything(d);
  if (Array.isArray(value)) return [...value.slice(1), anything(d)];
  const entries = Object.entries(value);
  const [name, inner] = entries.length > 0 ? d.pick(entries) : ['x', null];
  const rest = entries.filter(([other]) => other !== name);
  const more = d.pick([
    [[name, spoilt(inner, d)]],
    [[name, text(d)]],
    [],
    [
      [name, inner],
      ['role', 'admin'],
      ['userId', 'usr_0testadmin'],
      ['emailVerified', true],
    ],
  ]);
  return Object.fromEntries([...rest, ...more]);
}

/** A body for a route: right, nearly right, or nothing of the kind. */
export function body(route: Route, d: Dice): string | Uint8Array<ArrayBuffer> {
  const { json } = route.contract.accepts;
  const good = json ? taken(json, d) : anything(d);
  const whole = JSON.stringify(d.chance(0.4) ? good : d.chance(0.7) ? spoilt(good, d) : anything(d)) ?? '';
  switch (d.below(12)) {
    case 0:
      return whole.slice(0, d.below(whole.length + 1));
    case 1:
      return '['.repeat(20_000);
    case 2:
      return whole.replace(/^\{/, '{"__proto__":{"role":"admin"},"constructor":{"prototype":{}},');
    case 3:
      return new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0xfe, 0x00, 0x7d]);
    case 4:
      return `${whole}${whole}`;
    default:
      return whole;
  }
}

/** An address of a route, with real ids, ids of nothing, and what is no id. */
export function address(route: Route, ids: readonly string[], d: Dice): string {
  const { entries } = (route.contract.accepts.param ?? {}) as Partial<Shape>;
  const pieces = parametersOf(route).map((name) => {
    const entry = entries?.[name];
    const pattern = new RegExp(`^${route.path.split(`:${name}{`)[1]?.split(/\}(?=\/|$)/)[0] ?? '.*'}$`);
    const fitting = [...ids, ...RIGHT].filter((value) => pattern.test(value));
    const good = entry && d.chance(0.5) ? taken(entry, d) : d.pick(fitting);
    return [name, encodeURIComponent(String(d.chance(0.75) ? good : wellFormed(text(d))))] as const;
  });
  const path = addressOf(route, Object.fromEntries(pieces));
  return `${d.chance(0.04) ? path.replaceAll('/', '//') : path}${query(route, d)}`;
}

function query(route: Route, d: Dice): string {
  const schema = route.contract.accepts.query;
  if (!schema && d.chance(0.8)) return '';
  const good = schema ? (taken(schema, d) as Record<string, unknown>) : {};
  const pairs = Object.entries(good).map(([name, value]) => [
    name,
    d.chance(0.6) ? (JSON.stringify(value)?.replaceAll('"', '') ?? '') : text(d),
  ]);
  if (d.chance(0.3))
    pairs.push([d.pick(['cursor', 'limit', 'email', 'sort', '__proto__', 'q', 'to']), text(d)]);
  return `?${pairs.map(([name, value]) => `${encodeURIComponent(name!)}=${d.chance(0.1) ? '%' : encodeURIComponent(wellFormed(value!))}`).join('&')}`;
}

/** `encodeURIComponent` refuses half a surrogate pair; a client that writes bytes does not. */
const wellFormed = (value: string): string => value.toWellFormed();

/** Headers that nobody's browser sends, or that say something about the way the request came. */
export function headers(d: Dice): Record<string, string> {
  const all: [string, string][] = [
    [
      'content-type',
      d.pick([
        'application/json',
        'application/json; charset=utf-16',
        'text/plain',
        'multipart/form-data',
        'application/problem+json',
        ';',
      ]),
    ],
    ['accept', d.pick(['*/*', 'text/html', 'application/json;q=0'])],
    ['accept-language', d.pick(['ja', '*', 'xx-'.repeat(200), 'en;q=nan', ''])],
    ['accept-encoding', d.pick(['gzip', 'identity;q=0, *;q=0', 'br'])],
    ['range', d.pick(['bytes=0-', 'bytes=-1', 'bytes=9-1', 'bytes=0-1,2-3', 'lines=1'])],
    ['if-none-match', d.pick(['*', 'W/"x"', '"', 'x'.repeat(2_000)])],
    ['if-modified-since', d.pick(['Thu, 01 Jan 1970 00:00:00 GMT', 'yesterday'])],
    ['x-forwarded-for', d.pick(['127.0.0.1', '::1', "' OR 1=1"])],
    ['x-http-method-override', 'DELETE'],
    ['x-original-url', '/api/admin/users'],
    [
      'origin',
      d.pick(['https://evil.example', 'null', 'https://engawa.test', 'https://engawa.test.evil.example']),
    ],
    ['sec-fetch-site', d.pick(['cross-site', 'same-site', 'none', 'same-origin', ''])],
    ['upgrade', 'websocket'],
    ['referer', 'https://evil.example/'],
    ['user-agent', d.pick(['', 'curl/8', '<script>', 'M'.repeat(3_000)])],
    ['engawa-profile', d.pick(['~~~', 'prf_00000000~~9999999999999~AAAA', '%'])],
    [
      'cookie',
      d.pick([
        '__Host-engawa=',
        '__Host-engawa=e30.e30.e30; __Host-engawa-session=x.y',
        '__Host-engawa-session=%',
        '__Host-engawa-known=a.b',
        '__Host-engawa-profile=~~~~',
        '=;;=;',
        `x=${'y'.repeat(4_000)}`,
        '__proto__=1',
      ]),
    ],
  ];
  const some = all.filter(() => d.chance(0.12));
  return Object.fromEntries(d.chance(0.85) ? [['content-type', 'application/json'], ...some] : some);
}
