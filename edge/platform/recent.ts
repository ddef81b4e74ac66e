/** What was asked for of late, in this isolate's memory; what was longest unasked goes first. */
export type Recent<T> = { get(key: string): T | undefined; set(key: string, value: T): void };

/**
 * @param most how much of it is kept: entries, or whatever `size` counts
 * @param size of one value
 */
export function recent<T>(most: number, size: (value: T) => number = () => 1): Recent<T> {
  const kept = new Map<string, T>(); // in the order of insertion, which here is that of asking
  let total = 0;
  const drop = (key: string, value: T) => {
    kept.delete(key);
    total -= size(value);
  };
  return {
    get(key) {
      const value = kept.get(key);
      if (value === undefined) return undefined;
      kept.delete(key);
      kept.set(key, value);
      return value;
    },
    set(key, value) {
      const before = kept.get(key);
      if (before !== undefined) drop(key, before);
      kept.set(key, value);
      total += size(value);
      for (const [oldest, old] of kept) {
        if (total <= most) break;
        drop(oldest, old);
      }
    },
  };
}
