/** What a form carries once its brackets are read. Lists are objects with numbers for names, until their shape says that they are lists. */
export type Tree = string | Branch;
export type Branch = Map<string, Tree>;

/**
 * Stripe's form encoding: `items[0][price]=…`, `expand[]=…` (https://docs.stripe.com/api, the examples in curl). What has no number is
 * counted.
 */
export function treeOf(form: Iterable<[string, string]>): Branch {
  const root: Branch = new Map();
  for (const [key, value] of form) {
    const open = key.indexOf('[');
    const inBrackets =
      open > 0
        ? key
            .slice(open + 1)
            .replace(/\]$/, '')
            .split('][')
        : [];
    let branch = root;
    let name = open > 0 ? key.slice(0, open) : key;
    for (const next of inBrackets) {
      const there = branch.get(name);
      const deeper: Branch = there instanceof Map ? there : new Map<string, Tree>();
      branch.set(name, deeper);
      branch = deeper;
      name = next === '' ? String(deeper.size) : next;
    }
    branch.set(name, value);
  }
  return root;
}
