import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Warning } from '../../../schema/media-facts.ts';
import { Button } from '../../ui/button.tsx';
import { FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { WarningList } from './warnings.tsx';

/** Publishing in spite of warnings that block it: shows them, and asks why it may be published all the same. */
export function Override({
  warnings,
  onReason,
  onClose,
}: {
  warnings: readonly Warning[];
  onReason: (reason: string) => void;
  onClose: () => void;
}) {
  const { t } = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby={id} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onReason(reason.trim());
          dialog.current?.close();
        }}
      >
        <h2 id={id}>{t('override.title')}</h2>
        <WarningList warnings={warnings.filter(({ blocks }) => blocks)} />
        <FieldFrame label={t('override.reason')} hint={t('override.reasonHint')}>
          {(tied) => (
            <textarea
              {...tied}
              rows={3}
              required
              minLength={3}
              maxLength={500}
              value={reason}
              onInput={({ currentTarget }) => setReason(currentTarget.value)}
            />
          )}
        </FieldFrame>
        <div class="confirm__do">
          <Button look="outline" onClick={() => dialog.current?.close()}>
            {t('desk.cancel')}
          </Button>
          <Button type="submit" look="danger" disabled={reason.trim().length < 3}>
            {t('override.yes')}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
