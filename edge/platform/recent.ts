/** What was asked for of late, in this isolate's memory; what was not asked for since a while goes first. */
export type Recent<T> = { get(key: string): T | undefined; set(key: string, value: T): void };

/**
 * In two halves: what is asked for moves from the old one to the young, and when the young one is full it becomes the old, whose rest is
 * let go. Finding something that is young changes nothing, which is what nearly every request does.
 * @param most how much of it is kept: entries, or whatever `size` counts. What would fill a half alone is not kept
 * @param size of one value
 */
export function recent<T>(most: number, size: (value: T) => number = () => 1): Recent<T> {
  const half = most / 2;
  let [young, old] = [new Map<string, T>(), new Map<string, T>()];
  let total = 0; // of the young ones
  const forget = (key: string) => {
    const before = young.get(key);
    if (before !== undefined) total -= size(before);
    young.delete(key);
    old.delete(key);
  };
  const set = (key: string, value: T) => {
    forget(key);
    const more = size(value);
    if (more > half) return;
    if (total + more > half) {
      [young, old] = [new Map(), young];
      total = 0;
    }
    young.set(key, value);
    total += more;
  };
  return {
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    set,
  };
}
