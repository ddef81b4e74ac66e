/**
 * An e-mail address that tells apart and says no more: `mi…@example.com`. One letter where there are only two or three, none of one: what
 * is left out is always there.
 */
export function masked(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 0) return '…'; // of an outside issuer that gives none: then it is an id
  const local = Array.from(email.slice(0, at));
  const shown = local.length > 3 ? 2 : local.length > 1 ? 1 : 0;
  return `${local.slice(0, shown).join('')}…${email.slice(at)}`;
}
