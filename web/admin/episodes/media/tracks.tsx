import { useState } from 'preact/hooks';
import type { AssetView } from '../../../../schema/api/media.ts';
import { Button } from '../../../ui/button.tsx';
import { media as calls } from '../../calls.ts';
import { useDesk } from '../../desk.ts';
import type { Failure } from '../../fresh-hook.ts';
import { Confirm, FailureNotice } from '../../parts.tsx';
import type { UploadFor } from '../../uploader/queue.ts';
import { TrackForm } from './track-form.tsx';

type Track = AssetView['audio'][number] | AssetView['subtitles'][number];

/** Dubs and subtitles of a version: each can go, be replaced, or be joined by others, and the pictures stay as they are. */
export function Tracks({
  asset,
  onChange,
  upload,
}: {
  asset: AssetView;
  onChange: () => Promise<void>;
  upload: UploadFor;
}) {
  const { t, format } = useDesk();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Track | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const remove = async (track: Track) => {
    const answer = await calls.removeTrack(asset.id, track.id);
    setFailure(answer.ok ? null : answer);
    await onChange();
  };
  const row = (track: Track, notes: (string | false)[], mayGo: boolean) => (
    <tr key={track.id}>
      <th scope="row">
        {track.name}
        {track.default && <span class="tag">{t('track.default')}</span>}
      </th>
      <td>{track.language === 'und' ? t('track.unknown') : format.language(track.language)}</td>
      <td>{t(`role.${track.role}`)}</td>
      <td class="faint">{notes.filter(Boolean).join(' · ')}</td>
      <td class="table__do">
        {mayGo && (
          <Button
            small
            look="plain"
            aria-label={t('track.removeThis', { name: track.name })}
            onClick={() => setRemoving(track)}
          >
            {t('track.remove')}
          </Button>
        )}
      </td>
    </tr>
  );
  return (
    <>
      <table class="table table--tracks" aria-label={t('track.title')}>
        <thead>
          <tr>
            <th scope="col">{t('track.name')}</th>
            <th scope="col">{t('track.language')}</th>
            <th scope="col">{t('track.role')}</th>
            <th scope="col">{t('track.facts')}</th>
            <th scope="col">
              <span class="only-heard">{t('episodes.column.do')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {asset.audio.map((track) =>
            row(
              track,
              [
                t(track.channels > 2 ? 'track.surround' : 'track.stereo'),
                loudness(t, track.facts),
                track.facts?.method === 'limited' && t('warning.loudness-limited'),
              ],
              asset.audio.length > 1,
            ),
          )}
          {asset.subtitles.map((track) =>
            row(
              track,
              [
                t(track.typeset ? 'track.typeset' : 'track.text'),
                track.fonts.length > 0 && t('track.fonts', { fonts: format.list(track.fonts) }),
              ],
              true,
            ),
          )}
        </tbody>
      </table>
      {failure && <FailureNotice failure={failure} />}
      {adding ? (
        <TrackForm asset={asset} upload={upload} onClose={() => setAdding(false)} />
      ) : (
        <p>
          <Button small look="outline" onClick={() => setAdding(true)}>
            {t('track.add')}
          </Button>
        </p>
      )}
      {removing && (
        <Confirm
          title={t('track.removeTitle', { name: removing.name })}
          text={t('track.removeText')}
          yes={t('track.remove')}
          no={t('desk.cancel')}
          onYes={() => void remove(removing)}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  );
}

/** `−23.1 → −18.0 LUFS`: as it came, and as it is. */
function loudness(
  t: ReturnType<typeof useDesk>['t'],
  facts: AssetView['audio'][number]['facts'],
): string | false {
  if (!facts?.after) return false;
  const lufs = (value: number) => value.toFixed(1).replace('-', '\u2212');
  return t('track.loudness', {
    before: lufs(facts.before?.integrated ?? facts.after.integrated),
    after: lufs(facts.after.integrated),
  });
}
