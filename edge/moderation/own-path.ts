/**
 * The path, with its query, of an address that somebody copied from this site; null where it is elsewhere, or names nothing on it.
 * @param origins the first is what a path alone is read against
 */
export function ownPath(text: string, origins: readonly [string, ...string[]]): string | null {
  // Browsers copy an address without its scheme where it is shown without.
  const bare = origins.find((origin) => text.startsWith(`${new URL(origin).host}/`));
  const whole = bare ? `${new URL(bare).protocol}//${text}` : text;
  if (!bare && !/^(https?:\/\/|\/(?!\/))/i.test(text)) return null;
  if (!URL.canParse(whole, origins[0])) return null;
  const { origin, pathname, search } = new URL(whole, origins[0]);
  return origins.includes(origin) && pathname !== '/' ? pathname + search : null;
}
