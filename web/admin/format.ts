const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** Numbers, sizes and times in one language, in the time zone of whoever looks. */
export function formats(language: string) {
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const names = (type: 'language' | 'region') => new Intl.DisplayNames(language, { type });
  const safely = (of: Intl.DisplayNames, code: string) => {
    try {
      return of.of(code) ?? code;
    } catch {
      return code; // not well-formed
    }
  };
  const languages = names('language');
  const regions = names('region');
  const bytes = (count: number): string => {
    const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
    const value = count / 1000 ** power;
    return value.toLocaleString(language, {
      style: 'unit',
      unit: UNITS[power]!,
      unitDisplay: power === 0 ? 'long' : 'short',
      maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
    });
  };
  return {
    bytes,
    /** Whole percents; never 100 before it is. */
    percent: (share: number) => percent.format(share < 1 ? Math.min(0.99, share) : 1),
    dateTime: (at: number) => dateTime.format(at),
    date: (at: number) => date.format(at),
    /** `5 minutes ago`, `in 10 seconds`; the date where it is more than a week. */
    ago: (at: number, now: number): string => {
      const away = at - now;
      if (Math.abs(away) > 7 * 86_400_000) return date.format(at);
      const [unit, ms] = STEPS.find(([, ms]) => Math.abs(away) >= ms) ?? STEPS[3];
      return relative.format(Math.trunc(away / ms), unit);
    },
    /** `1 h 20 min`, `3 min 05 s`: the two largest units; tenths where it is less than a second. */
    duration: (seconds: number): string => {
      if (seconds > 0 && seconds < 0.95)
        return Math.max(0.1, seconds).toLocaleString(language, {
          style: 'unit',
          unit: 'second',
          unitDisplay: 'short',
          maximumFractionDigits: 1,
        });
      const whole = Math.max(0, Math.round(seconds));
      const parts = [
        ['hour', Math.floor(whole / 3600)],
        ['minute', Math.floor((whole % 3600) / 60)],
        ['second', whole % 60],
      ] as const;
      const from = Math.max(
        0,
        parts.findIndex(([, value]) => value > 0),
      );
      const shown =
        whole === 0 ? parts.slice(2) : parts.slice(from, from + 2).filter(([, value]) => value > 0);
      return shown
        .map(([unit, value]) => value.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'short' }))
        .join(' ');
    },
    language: (code: string) => safely(languages, code),
    country: (code: string) => safely(regions, code),
    list: (items: readonly string[]) => new Intl.ListFormat(language, { type: 'conjunction' }).format(items),
  };
}
export type Formats = ReturnType<typeof formats>;
