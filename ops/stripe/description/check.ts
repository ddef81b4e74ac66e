import { endpoints, type Endpoint } from './endpoints.ts';
import { treeOf, type Branch, type Tree } from './form.ts';
import type { Fields, Shape } from './shape.ts';

/** What Stripe would refuse, in its words, and which parameter it is about. */
export type Refusal = { status: 400 | 404; code: string | null; param: string | null; message: string };

let known: ReadonlyMap<string, Endpoint> | undefined;
const all = () => (known ??= endpoints());

/** What Stripe calls what is asked: `/v1/prices/search` before `/v1/prices/{}`. @returns null: there is no such address */
export function endpointOf(method: string, path: string): Endpoint | null {
  const exact = all().get(`${method} ${path}`);
  if (exact) return exact;
  const parts = path.split('/');
  const fits = ([key, { path }]: [string, Endpoint]) => {
    const pattern = path.split('/');
    return (
      key.startsWith(`${method} `) &&
      pattern.length === parts.length &&
      pattern.every((part, at) => (part === '{}' ? parts[at] !== '' : part === parts[at]))
    );
  };
  return [...all()].find(fits)?.[1] ?? null;
}

/**
 * Holds a request against Stripe's description.
 * @param form of the address and the body
 * @returns what is wrong with it; null: nothing that the description knows of
 */
export function refusal(method: string, path: string, form: Iterable<[string, string]>): Refusal | null {
  const endpoint = endpointOf(method, path);
  if (!endpoint)
    return {
      status: 404,
      code: null,
      param: null,
      message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    };
  const tree = treeOf(form);
  const fields = endpoint.params?.kind === 'object' ? endpoint.params.fields() : new Map();
  // Any answer may be expanded (https://docs.stripe.com/expand), whether or not the method says so.
  const rest = new Map([...tree].filter(([name]) => name !== 'expand' || fields.has('expand')));
  return object(rest, fields, '');
}

const refused = (code: string | null, param: string, message: string): Refusal => ({
  status: 400,
  code,
  param,
  message,
});

function object(tree: Branch, fields: Fields, at: string): Refusal | null {
  const named = (name: string) => (at ? `${at}[${name}]` : name);
  for (const [name, value] of tree) {
    const field = fields.get(name);
    if (!field)
      return refused('parameter_unknown', named(name), `Received unknown parameter: ${named(name)}`);
    const wrong = held(value, field.shape, named(name));
    if (wrong) return wrong;
  }
  for (const [name, { required }] of fields)
    if (required && !tree.has(name))
      return refused('parameter_missing', named(name), `Missing required param: ${named(name)}.`);
  return null;
}

function held(value: Tree, shape: Shape, at: string): Refusal | null {
  switch (shape.kind) {
    case 'anything':
      return null;
    case 'nothing':
      return value === '' ? null : refused(null, at, `You passed a value for '${at}' that can only be unset`);
    case 'text':
      return typeof value === 'string' ? null : refused(null, at, `Invalid string: ${at}`);
    case 'number':
      return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
        ? null
        : refused('parameter_invalid_integer', at, `Invalid integer: ${textOf(value)}`);
    case 'boolean':
      return value === 'true' || value === 'false'
        ? null
        : refused(null, at, `Invalid boolean: ${textOf(value)}`);
    case 'word':
      return typeof value === 'string' && shape.words.includes(value)
        ? null
        : refused(null, at, `Invalid ${at}: must be one of ${listed(shape.words)}`);
    case 'list':
      if (value === '') return null; // how a list is emptied
      if (typeof value === 'string') return refused(null, at, `Invalid array`);
      return first([...value], ([index, one]) => held(one, shape.of, `${at}[${index}]`));
    case 'map':
      if (typeof value === 'string') return refused(null, at, `Invalid object`);
      return first([...value], ([name, one]) => held(one, shape.of, `${at}[${name}]`));
    case 'object':
      if (typeof value === 'string') return refused(null, at, `Invalid object`);
      return object(value, shape.fields(), at);
    case 'either':
      break;
  }
  const wrong = shape.of.map((one) => held(value, one, at));
  // Of several ways to be wrong, the one that was meant: an object's by what is in it.
  return wrong.includes(null) ? null : (meant(value, shape.of, wrong) ?? wrong[0] ?? null);
}

const meant = (value: Tree, shapes: readonly Shape[], wrong: readonly (Refusal | null)[]) =>
  wrong.find((_, at) => {
    const deep = ['object', 'list', 'map'].includes(shapes[at]!.kind);
    return shapes[at]!.kind !== 'nothing' && deep === (typeof value !== 'string');
  });

function first<T>(all: readonly T[], look: (one: T) => Refusal | null): Refusal | null {
  for (const one of all) {
    const wrong = look(one);
    if (wrong) return wrong;
  }
  return null;
}

const textOf = (value: Tree) => (typeof value === 'string' ? value : '[object]');
const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')}, or ${words.at(-1)}`;
