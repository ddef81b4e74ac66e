/** An address with some of its parameters changed; empty: without it. */
export function withParams(address: URL, changes: Readonly<Record<string, string | undefined>>): string {
  const next = new URL(address);
  for (const [name, value] of Object.entries(changes))
    if (value) next.searchParams.set(name, value);
    else next.searchParams.delete(name);
  return next.pathname + next.search;
}
