import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { useSay } from './words.ts';

/** Asks why, before something that others will want to know the reason of. */
export function AskWhy({
  title,
  text,
  yes,
  onReason,
  onClose,
}: {
  title: string;
  text: string;
  yes: string;
  onReason: (reason: string) => void;
  onClose: () => void;
}) {
  const { t } = useDesk();
  const say = useSay();
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
        <h2 id={id}>{title}</h2>
        <p>{text}</p>
        <Field
          label={say('licences.reason')}
          hint={say('licences.reasonHint')}
          name="reason"
          required
          minLength={3}
          maxLength={500}
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <div class="confirm__do">
          <Button look="outline" onClick={() => dialog.current?.close()}>
            {t('desk.cancel')}
          </Button>
          <Button type="submit" look="danger" disabled={reason.trim().length < 3}>
            {yes}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
