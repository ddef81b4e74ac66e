import { useEffect } from 'preact/hooks';
import type { UploadCard, UploadState } from '../../../schema/api/ingest.ts';
import { Button } from '../../ui/button.tsx';
import { uploads as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { usePages } from '../pages-hook.ts';
import { FailureNotice, Section } from '../parts.tsx';
import { OpenUploads } from './open-uploads.tsx';
import { useSay } from './words.ts';

/**
 * Uploads as the API knows them, without those of this tab.
 * @param mine ids of uploads that this tab has in its line
 */
export function Elsewhere({
  state,
  mine,
}: {
  state: Extract<UploadState, 'open' | 'held'>;
  mine: readonly string[];
}) {
  const { t } = useDesk();
  const say = useSay();
  const key = `uploads ${state}`;
  const first = useFresh(key, () => calls.list(state));
  const pages = usePages<UploadCard>(key, first.value, (cursor) => calls.list(state, cursor));
  useEffect(() => void first.refresh(), [mine.join(' ')]); // one of this tab was begun, given up or went through
  const items = pages.items.filter(({ id }) => !mine.includes(id));
  if (first.failure && !first.value)
    return <FailureNotice failure={first.failure} retry={() => void first.refresh()} />;
  if (items.length === 0) return null;
  return (
    <Section title={say(`elsewhere.${state}.title`)}>
      <p>{say(`elsewhere.${state}.text`)}</p>
      <OpenUploads items={items} onGone={() => void first.refresh()} />
      {pages.failure && <FailureNotice failure={pages.failure} />}
      {pages.next && (
        <Button look="outline" disabled={pages.busy} onClick={() => void pages.more()}>
          {t('desk.more')}
        </Button>
      )}
    </Section>
  );
}
