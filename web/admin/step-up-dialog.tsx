import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { StepUpOffer } from '../../schema/api/accounts.ts';
import { Button } from '../ui/button.tsx';
import { api, ask } from './calls.ts';
import { useDesk } from './desk.ts';
import type { Failure } from './fresh-hook.ts';
import { FailureNotice } from './parts.tsx';
import { StepUpProof } from './step-up-proof.tsx';
import { useSay } from './step-up-words.ts';

type Way = StepUpOffer['ways'][number];

/** Asks whoever is signed in to show that it is they. Native: Escape declines, and the focus comes back by itself. */
export function StepUpDialog({ onDone }: { onDone: (proved: boolean) => void }) {
  const { t } = useDesk();
  const say = useSay();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [ways, setWays] = useState<readonly Way[] | null>(null);
  const [way, setWay] = useState<Way | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    void ask(() => api.auth['step-up'].$get()).then((answer) => {
      // Where people sign in elsewhere nothing can be shown here: what was refused says where.
      if (!answer.ok && answer.problem?.code === 'not-found') return dialog.current?.close();
      if (!answer.ok) return setFailure(answer);
      const usable = answer.value.ways.filter(
        (one) => one !== 'passkey' || 'PublicKeyCredential' in globalThis,
      );
      setWays(usable);
      setWay(usable[0] ?? null);
    });
  }, []);
  const others = ways?.filter((one) => one !== way) ?? [];
  return (
    <dialog
      ref={dialog}
      class="confirm step-up"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={() => onDone(dialog.current?.returnValue === 'proved')}
    >
      <h2 id={`${id}-title`}>{say('stepUp.title')}</h2>
      <p id={`${id}-text`}>{say('stepUp.text')}</p>
      {failure && <FailureNotice failure={failure} />}
      {way ? (
        <StepUpProof
          key={way}
          way={way}
          onProved={() => dialog.current?.close('proved')}
          onCancel={() => dialog.current?.close()}
        />
      ) : (
        <>
          {!failure && <output class="loading">{t('desk.loading')}</output>}
          <div class="confirm__do">
            <Button look="outline" onClick={() => dialog.current?.close()}>
              {t('desk.cancel')}
            </Button>
          </div>
        </>
      )}
      {others.length > 0 && (
        <details class="more">
          <summary>{say('stepUp.other')}</summary>
          <div class="step-up__ways">
            {others.map((one) => (
              <Button key={one} small look="plain" onClick={() => setWay(one)}>
                {say(`stepUp.by.${one}`)}
              </Button>
            ))}
          </div>
        </details>
      )}
    </dialog>
  );
}
