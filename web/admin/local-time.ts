/** Milliseconds UTC as a `datetime-local` field takes them: wall time of whoever looks, to the minute. */
export function toLocal(at: number | null): string {
  if (at === null) return '';
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The other way; null for an empty field. A time without a zone is the reader's own (ECMA-262, Date Time String Format). */
export const fromLocal = (text: string): number | null => {
  const at = text ? new Date(text).getTime() : Number.NaN;
  return Number.isNaN(at) ? null : at;
};
