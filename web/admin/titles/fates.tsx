import type { BulkAnswer } from '../../../schema/api/editing.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../desk.ts';
import { useSay } from './words.ts';

/** What was not changed with the others, and why. */
export function Fates({
  fates,
  nameOf,
  onClose,
}: {
  fates: BulkAnswer['items'];
  nameOf: (id: string) => string;
  onClose: () => void;
}) {
  const { t } = useDesk();
  const say = useSay();
  if (fates.length === 0) return null;
  return (
    <div class="fates">
      <Notice tone="warning" title={say('fates.title', { count: fates.length })}>
        <ul>
          {fates.map(({ id, because }) => (
            <li key={id}>
              <b>{nameOf(id)}</b>: {because ?? say('fates.same')}
            </li>
          ))}
        </ul>
        <Button small look="outline" onClick={onClose}>
          {t('desk.dismiss')}
        </Button>
      </Notice>
    </div>
  );
}
