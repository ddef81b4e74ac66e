import { useState } from 'preact/hooks';
import type { JobView } from '../../../schema/api/ingest.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import { to } from '../../paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { jobs as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import type { Failure, Loaded } from '../fresh-hook.ts';
import { Confirm, FailureNotice } from '../parts.tsx';
import { at } from '../places.ts';
import { explainFailure } from './explain.ts';
import { Override } from './override.tsx';

type Action = 'cancel' | 'retry' | 'publish';

/** What can be done about a job in its state. */
export function JobActions({
  job,
  loaded,
  here = false,
}: {
  job: JobView;
  loaded: Pick<Loaded<JobView>, 'refresh'>;
  /** On the episode's own page: without the ways to it. */
  here?: boolean;
}) {
  const { t } = useDesk();
  const [busy, setBusy] = useState<Action | null>(null);
  const [asking, setAsking] = useState<'cancel' | 'publish' | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const act = async (action: Action, reason?: string) => {
    setBusy(action);
    const answer = await {
      cancel: () => calls.cancel(job.id),
      retry: () => calls.retry(job.id),
      publish: () => calls.publish(job.episodeId, job.assetId, reason),
    }[action]();
    setFailure(answer.ok ? null : answer);
    await loaded.refresh();
    setBusy(null);
  };
  const warnings = job.certificate?.warnings ?? [];
  const blocked = warnings.some(({ blocks }) => blocks);
  const otherFile = job.state === 'failed' && explainFailure(job.problem).way === 'upload';
  return (
    <>
      {job.state === 'ready' && !job.published && (
        <Button
          look={blocked ? 'outline' : 'primary'}
          disabled={busy !== null}
          onClick={() => (blocked ? setAsking('publish') : void act('publish'))}
        >
          {t(busy === 'publish' ? 'episode.publishing' : blocked ? 'override.publish' : 'episode.publish')}
        </Button>
      )}
      {job.published && !here && (
        <ButtonLink look="primary" href={to('watch', { episode: job.episodeId })}>
          {t('episode.watch')}
        </ButtonLink>
      )}
      {job.state === 'failed' && !otherFile && (
        <Button look="primary" disabled={busy !== null} onClick={() => void act('retry')}>
          {t(busy === 'retry' ? 'job.retrying' : 'job.retry')}
        </Button>
      )}
      {!here && (
        <ButtonLink
          look={otherFile ? 'primary' : 'outline'}
          href={at('episode', { id: job.titleId, episode: job.episodeId })}
        >
          {t(otherFile ? 'job.uploadAgain' : 'job.toEpisode')}
        </ButtonLink>
      )}
      {!isOver(job.state) && (
        <Button look="danger" disabled={busy !== null} onClick={() => setAsking('cancel')}>
          {t(busy === 'cancel' ? 'job.cancelling' : 'job.cancel')}
        </Button>
      )}
      {asking === 'publish' && (
        <Override
          warnings={warnings}
          onReason={(reason) => void act('publish', reason)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'cancel' && (
        <Confirm
          title={t('job.cancelTitle')}
          text={t('job.cancelText')}
          yes={t('job.cancel')}
          no={t('job.keep')}
          onYes={() => void act('cancel')}
          onClose={() => setAsking(null)}
        />
      )}
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}
