const REPEAT_MS = 60_000;

/** Passes problems on, the same words at most once a minute. */
export function makeReporter(print: (text: string) => void, now: () => number): (text: string) => void {
  const said = new Map<string, number>();
  return (text) => {
    const at = now();
    for (const [old, since] of said) if (at - since >= REPEAT_MS) said.delete(old);
    if (said.has(text)) return;
    said.set(text, at);
    print(text);
  };
}
