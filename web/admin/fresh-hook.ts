import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../api.ts';
import { keepFresh } from './fresh.ts';
import { passing } from './uploader/backoff.ts';

export type Failure = Extract<Answer<unknown>, { ok: false }>;
export type Loaded<T> = {
  /** The last good answer: kept while a newer one is on its way, and when that fails. */
  value: T | null;
  failure: Failure | null;
  refresh: () => Promise<void>;
  /** Shows what an action answered, without asking again. */
  put: (value: T) => void;
};

/**
 * What an address answers, asked again every two seconds while `isLive` says that it changes by itself.
 * @param key names the question: another key is another question, and begins with nothing
 */
export function useFresh<T>(
  key: string,
  load: () => Promise<Answer<T>>,
  isLive: (value: T) => boolean = () => false,
): Loaded<T> {
  type Shown = { key: string; value: T | null; failure: Failure | null };
  const [shown, setShown] = useState<Shown>({ key, value: null, failure: null });
  const current = useRef({ load, isLive });
  current.current = { load, isLive };
  const watching = useRef<ReturnType<typeof keepFresh> | null>(null);
  useEffect(() => {
    const fresh = keepFresh<Answer<T>>({
      load: () => current.current.load(),
      isAnswer: (answer) => !passing(answer), // a refusal stays one
      isLive: (answer) => answer.ok && current.current.isLive(answer.value),
      onAnswer: (answer) =>
        setShown((before) => ({
          key,
          value: answer.ok ? answer.value : before.key === key ? before.value : null,
          failure: answer.ok ? null : answer,
        })),
    });
    watching.current = fresh;
    return fresh.stop;
  }, [key]);
  const fits = shown.key === key;
  return {
    value: fits ? shown.value : null,
    failure: fits ? shown.failure : null,
    refresh: async () => watching.current?.refresh(),
    put: (value) => setShown({ key, value, failure: null }),
  };
}
