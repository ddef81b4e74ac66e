/** Items by the day of their moment in a zone, in the order they come in. */
export function byDay<T extends { at: number }>(
  items: readonly T[],
  timeZone: string,
): { day: string; at: number; items: T[] }[] {
  const iso = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }); // YYYY-MM-DD
  const days: { day: string; at: number; items: T[] }[] = [];
  for (const item of items) {
    const day = iso.format(item.at);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, at: item.at, items: [item] });
  }
  return days;
}

const DAY_MS = 86_400_000;
/** How many days before today the day of a moment is, in a zone. */
export function daysAgo(at: number, now: number, timeZone: string): number {
  const iso = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' });
  const day = (moment: number) => Date.parse(`${iso.format(moment)}T00:00:00Z`);
  return Math.round((day(now) - day(at)) / DAY_MS);
}

/** Seconds as a player shows them: `4:05`, `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
