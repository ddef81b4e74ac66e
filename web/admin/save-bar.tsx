import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useDesk } from './desk.ts';
import { unplaced } from './form.ts';
import type { Failure } from './fresh-hook.ts';
import { FailureNotice } from './parts.tsx';

/** Stands at the foot of a form while something in it differs from what is saved. */
export function SaveBar({
  changes,
  busy,
  onRevert,
}: {
  changes: number;
  busy: boolean;
  onRevert: () => void;
}) {
  const { t } = useDesk();
  return (
    <div class={changes > 0 ? 'save save--open' : 'save'}>
      {changes > 0 && (
        <>
          <p>{t('desk.unsaved', { count: changes })}</p>
          <Button look="plain" small disabled={busy} onClick={onRevert}>
            {t('desk.revert')}
          </Button>
          <Button type="submit" look="primary" small disabled={busy}>
            {t(busy ? 'desk.saving' : 'desk.save')}
          </Button>
        </>
      )}
    </div>
  );
}

/** Why a form was not taken. What is wrong with its fields is said at the fields; here only what has none. */
export function SaveTrouble({ failure, fields }: { failure: Failure | null; fields: readonly string[] }) {
  const { t } = useDesk();
  if (!failure) return null;
  const { problem } = failure;
  if (!problem?.errors?.length) return <FailureNotice failure={failure} />;
  const others = unplaced(problem, fields);
  return (
    <Notice
      tone="danger"
      title={t('form.check', { count: problem.errors.length - others.length || others.length })}
    >
      {others.length > 0 && (
        <ul>
          {others.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
