import type { JobView } from '../../../schema/api/ingest.ts';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../desk.ts';
import { explainFailure } from './explain.ts';

/** How it ended: why in words, and what to do. */
export function Outcome({ job }: { job: JobView }) {
  const { t } = useDesk();
  const blocked = job.certificate?.warnings.some(({ blocks }) => blocks);
  if (job.state === 'ready')
    return <p>{t(job.published ? 'job.publishedText' : blocked ? 'job.blockedText' : 'job.readyText')}</p>;
  if (job.state === 'cancelled') return <p>{t('job.cancelledText')}</p>;
  if (job.state !== 'failed') return null;
  const { why, advice } = explainFailure(job.problem);
  return (
    <Notice tone="danger" title={t(why)}>
      {job.detail && <p class="break">{job.detail}</p>}
      <p>
        <strong>{t('job.whatToDo')}:</strong> {t(advice)}
      </p>
    </Notice>
  );
}
