import { useState } from 'preact/hooks';
import type { AdminEpisode } from '../../../../schema/api/editing.ts';
import type { AssetView } from '../../../../schema/api/media.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import type { Answer } from '../../../api.ts';
import { jobs, media as calls } from '../../calls.ts';
import { useDesk } from '../../desk.ts';
import type { Failure } from '../../fresh-hook.ts';
import { Override } from '../../jobs/override.tsx';
import { useRemoval } from '../../jobs/storage/removal.tsx';
import { useSay } from '../../jobs/words.ts';
import { FailureNotice } from '../../parts.tsx';
import { at } from '../../places.ts';
import { EncodeForm } from './encode-form.tsx';

/** What can be done with a version that has been made: publish it, make AV1 of it, encode its source once more. */
export function VersionActions({
  asset,
  episode,
  onChange,
}: {
  asset: AssetView;
  episode: AdminEpisode;
  onChange: () => Promise<void>;
}) {
  const { t } = useDesk();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<'override' | 'encode' | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const removal = useRemoval(setFailure, onChange);
  const act = async (call: () => Promise<Answer<unknown>>) => {
    setBusy(true);
    const answer = await call();
    setFailure(answer.ok ? null : answer);
    if (answer.ok && answer.value && typeof answer.value === 'object' && 'jobId' in answer.value)
      setJobId(String(answer.value.jobId));
    await onChange();
    setBusy(false);
  };
  const publish = (reason?: string) => void act(() => jobs.publish(episode.id, asset.id, reason));
  const blocked = asset.warnings.some(({ blocks }) => blocks) && !asset.override;
  const hasAv1 = asset.video.some(({ codec }) => codec.startsWith('av01'));
  return (
    <>
      <div class="panel__do">
        {!asset.published && (
          <Button
            small
            look="outline"
            disabled={busy}
            onClick={() => (blocked ? setAsking('override') : publish())}
          >
            {t(blocked ? 'override.publish' : 'episode.publish')}
          </Button>
        )}
        {!hasAv1 && !asset.sourceGone && (
          <Button small look="outline" disabled={busy} onClick={() => void act(() => calls.addAv1(asset.id))}>
            {t('media.av1')}
          </Button>
        )}
        {!asset.sourceGone && (
          <Button small look="outline" disabled={busy} onClick={() => setAsking('encode')}>
            {t('media.encode')}
          </Button>
        )}
        {!asset.published && (
          <Button
            small
            look="plain"
            disabled={busy || removal.busy}
            onClick={() => void removal.version(asset)}
          >
            {say('storage.deleteVersion')}
          </Button>
        )}
        {!asset.sourceGone && (
          <Button
            small
            look="plain"
            disabled={busy || removal.busy}
            onClick={() =>
              void removal.source({ id: asset.id, fileName: asset.fileName, bytes: asset.stored.source })
            }
          >
            {say('storage.deleteSource')}
          </Button>
        )}
        {jobId && (
          <ButtonLink small look="plain" href={at('job', { id: jobId })}>
            {t('uploads.seeJob')}
          </ButtonLink>
        )}
      </div>
      {failure && <FailureNotice failure={failure} />}
      {asking === 'override' && (
        <Override warnings={asset.warnings} onReason={publish} onClose={() => setAsking(null)} />
      )}
      {asking === 'encode' && (
        <EncodeForm
          asset={asset}
          onClose={() => setAsking(null)}
          onSend={(settings, publishWhenReady) =>
            void act(() => calls.encode(asset.id, { settings, publishWhenReady }))
          }
        />
      )}
    </>
  );
}
