/** What a parameter or a field may be. Objects are looked into when they are reached: Stripe's refer to each other in circles. */
export type Shape =
  | { kind: 'text' | 'number' | 'boolean' | 'anything' }
  /** One of these words. */
  | { kind: 'word'; words: readonly string[] }
  | { kind: 'list'; of: Shape }
  | { kind: 'map'; of: Shape }
  | { kind: 'object'; fields: () => Fields }
  | { kind: 'either'; of: readonly Shape[] }
  /** `null`; in a request, an empty text. */
  | { kind: 'nothing' };
export type Fields = ReadonlyMap<string, { required: boolean; shape: Shape }>;

/** Alternatives as one shape: words together, alternatives of alternatives flat. */
export function either(shapes: readonly Shape[]): Shape {
  const flat = shapes.flatMap((shape) => (shape.kind === 'either' ? shape.of : [shape]));
  const words = flat.flatMap((shape) => (shape.kind === 'word' ? shape.words : []));
  const rest = flat.filter((shape) => shape.kind !== 'word');
  const all: Shape[] = words.length > 0 ? [{ kind: 'word', words }, ...rest] : rest;
  return all.length === 1 ? all[0]! : { kind: 'either', of: all };
}
