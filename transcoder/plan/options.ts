/** Command line options by name, in order; `true` for those without a value. */
export const options = (named: Record<string, string | number | true>): string[] =>
  Object.entries(named).flatMap(([name, value]) =>
    value === true ? [`-${name}`] : [`-${name}`, String(value)],
  );
