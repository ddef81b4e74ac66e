import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { UiLanguage } from '../i18n/i18n.ts';
import { useDesk } from './desk.ts';
import { FailureNotice } from './parts.tsx';

/**
 * A page or a part of one whose code and words come when it is first shown, so that the dashboard opens at once: one file each for the
 * browser, kept from then on. What could not be fetched is asked for again by a button.
 */
export function lazy<P extends object>(
  load: (language: UiLanguage) => Promise<ComponentType<P>>,
): ComponentType<P> {
  let ready: ComponentType<P> | null = null;
  return function Lazy(props: P) {
    const { t, visit } = useDesk();
    const [, setReady] = useState(false);
    const [failed, setFailed] = useState(false);
    const [tries, setTries] = useState(0);
    useEffect(() => {
      if (ready) return;
      load(visit.language).then(
        (Part) => {
          ready = Part;
          setReady(true);
        },
        () => setFailed(true),
      );
    }, [tries]);
    const Part = ready;
    if (Part) return <Part {...props} />;
    const again = () => {
      setFailed(false);
      setTries(tries + 1);
    };
    return failed ? (
      <FailureNotice failure={{ ok: false, problem: null, offline: true }} retry={again} />
    ) : (
      <output class="loading">{t('desk.loading')}</output>
    );
  };
}
