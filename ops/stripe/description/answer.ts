import type { Shape } from './shape.ts';

/**
 * Holds an object that the double answers with against what the description says of it.
 * @returns what is invented or of another kind, each with its place: `subscription.items.data.0.plan: is not described`
 */
export function strays(value: unknown, shape: Shape, at: string): string[] {
  switch (shape.kind) {
    case 'anything':
      return [];
    case 'nothing':
      return value === null || value === '' ? [] : [`${at}: ${said(value)} instead of nothing`];
    case 'text':
      return typeof value === 'string' ? [] : [`${at}: ${said(value)} instead of a text`];
    case 'number':
      // Decimals are texts on the wire.
      return typeof value === 'number' || (typeof value === 'string' && /^-?[\d.]+$/.test(value))
        ? []
        : [`${at}: ${said(value)} instead of a number`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at}: ${said(value)} instead of true or false`];
    case 'word':
      return typeof value === 'string' && shape.words.includes(value)
        ? []
        : [`${at}: ${said(value)} instead of ${shape.words.join(' / ')}`];
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((one, index) => strays(one, shape.of, `${at}.${index}`))
        : [`${at}: ${said(value)} instead of a list`];
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([name, one]) => strays(one, shape.of, `${at}.${name}`))
        : [`${at}: ${said(value)} instead of an object`];
    case 'object': {
      if (!isObject(value)) return [`${at}: ${said(value)} instead of an object`];
      const fields = shape.fields();
      return Object.entries(value).flatMap(([name, one]) => {
        const field = fields.get(name);
        return field ? strays(one, field.shape, `${at}.${name}`) : [`${at}.${name}: is not described`];
      });
    }
    case 'either':
      break;
  }
  const found = shape.of.map((one) => strays(value, one, at));
  return found.reduce((best, next) => (next.length < best.length ? next : best));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const said = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 60);
