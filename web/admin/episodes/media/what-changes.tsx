import type { JobView } from '../../../../schema/api/ingest.ts';
import type { AssetView } from '../../../../schema/api/media.ts';
import type { EncodeSettings } from '../../../../schema/jobs/settings.ts';
import { useDesk } from '../../desk.ts';
import { useSay } from '../../jobs/words.ts';
import { changesOf, estimateOf, type Change } from './again.ts';

/** Says, before it is begun, what another encode will change against the present version, and what it will take. */
export function WhatChanges({
  asset,
  job,
  after,
  publish,
}: {
  asset: AssetView;
  /** That made the asset; null while it is on its way. */
  job: JobView | null;
  after: EncodeSettings;
  publish: boolean;
}) {
  const { format } = useDesk();
  const say = useSay();
  if (!job) return null;
  const changes = changesOf(asset, job.settings, after, publish);
  const estimate = estimateOf(asset, job, after);
  const sizes = [...new Set(asset.video.map(({ height }) => `${height}p`))];
  const words = (change: Change): string => {
    switch (change.what) {
      case 'crf':
        return say('again.crf', {
          before: change.before,
          after: change.after,
          way: say(change.after < change.before ? 'again.better' : 'again.worse'),
        });
      case 'preset':
        return say('again.preset', {
          before: change.before ?? say('again.own'),
          after: change.after ?? say('again.own'),
        });
      case 'height':
        return say('again.height', {
          height: change.height,
          lost: format.list(change.lost.map((height) => `${height}p`)),
        });
      case 'taller':
        return say('again.heightMore');
      case 'tracks':
        return say('again.tracks', { version: asset.version });
      case 'all':
      case 'av1':
      case 'clear':
      case 'sealed':
      case 'publish':
        return say(`again.${change.what}`);
      default:
        return change satisfies never;
    }
  };
  return (
    <section class="again" aria-label={say('again.changes')} aria-live="polite">
      <p class="faint">
        {say('again.now', {
          version: asset.version,
          sizes: format.list(sizes),
          bytes: format.bytes(asset.bytes),
          crf: job.settings.crf,
        })}
      </p>
      <h3>{say('again.changes')}</h3>
      {changes.length === 0 ? (
        <p>{say('again.same')}</p>
      ) : (
        <ul class="notes">
          {changes.map((change) => (
            <li key={change.what}>{words(change)}</li>
          ))}
        </ul>
      )}
      <p>
        {estimate
          ? `${say('again.bytes', {
              bytes: format.bytes(estimate.bytes),
              before: format.bytes(asset.bytes),
            })} ${say('again.time', { time: format.duration(estimate.seconds) })}`
          : say('again.unknown')}
      </p>
    </section>
  );
}
