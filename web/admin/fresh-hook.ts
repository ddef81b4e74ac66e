import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../api.ts';
import { useDesk } from './desk.ts';
import { EVERY_MS, keepFresh } from './fresh.ts';
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
 * What an address answers, asked again when news of a job concern it, and while `isLive` says that it changes by itself: every two
 * seconds while no news can come, and not at all while they do.
 * @param key names the question: another key is another question, and begins with nothing
 * @param concerns whether news of this job are about the answer; null: news of any may be
 */
export function useFresh<T>(
  key: string,
  load: () => Promise<Answer<T>>,
  isLive: (value: T) => boolean = () => false,
  concerns?: (jobId: string | null) => boolean,
): Loaded<T> {
  const { news } = useDesk();
  type Shown = { key: string; value: T | null; failure: Failure | null };
  const [shown, setShown] = useState<Shown>({ key, value: null, failure: null });
  const current = useRef({ load, isLive, concerns });
  current.current = { load, isLive, concerns };
  const watching = useRef<ReturnType<typeof keepFresh> | null>(null);
  useEffect(() => {
    const fresh = keepFresh<Answer<T>>({
      load: () => current.current.load(),
      isAnswer: (answer) => !passing(answer), // a refusal stays one
      every: () => (concerns && news.connected() ? null : EVERY_MS),
      isLive: (answer) => answer.ok && current.current.isLive(answer.value),
      onAnswer: (answer) =>
        setShown((before) => ({
          key,
          value: answer.ok ? answer.value : before.key === key ? before.value : null,
          failure: answer.ok ? null : answer,
        })),
    });
    watching.current = fresh;
    const unsubscribe =
      concerns &&
      news.subscribe((jobId) => {
        if (current.current.concerns?.(jobId)) fresh.hint();
      });
    const offLine =
      concerns &&
      news.line((connected) => {
        if (!connected) fresh.hint(); // from now on by the clock; once it is back, it says null
      });
    return () => {
      offLine?.();
      unsubscribe?.();
      fresh.stop();
    };
  }, [key]);
  const fits = shown.key === key;
  return {
    value: fits ? shown.value : null,
    failure: fits ? shown.failure : null,
    refresh: async () => watching.current?.refresh(),
    put: (value) => setShown({ key, value, failure: null }),
  };
}
