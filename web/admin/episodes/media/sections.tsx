import type { AdminEpisode } from '../../../../schema/api/editing.ts';
import type { AssetView, EpisodeMedia } from '../../../../schema/api/media.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { media as calls } from '../../calls.ts';
import { useDesk } from '../../desk.ts';
import { useFresh, type Loaded } from '../../fresh-hook.ts';
import { Section, Shown, State } from '../../parts.tsx';
import { saying, useSay } from '../../jobs/words.ts';
import { at } from '../../places.ts';
import type { UploadFor } from '../../uploader/queue.ts';
import { WarningList } from '../../jobs/warnings.tsx';
import { codecName } from './codec-name.ts';
import { lazy } from '../../lazy.tsx';
import { Markers } from './markers.tsx';
import { Tracks } from './tracks.tsx';
import { VersionActions } from './version-actions.tsx';

const Breaks = lazy(async (language) => (await import('../../ads/break-editor.tsx')).breakEditor(language));

/** What an episode's video is made of: its versions with their pictures and tracks, and where players offer to skip. */
export const sections = saying(Sections);

function Sections({ episode, upload }: { episode: AdminEpisode; upload: UploadFor }) {
  const { t } = useDesk();
  const media = useFresh(
    `media ${episode.id}`,
    () => calls.read(episode.id),
    ({ assets }) => assets.some(({ amending }) => amending.length > 0),
    () => true, // a job of this episode may be any
  );
  if (media.value?.assets.length === 0) return null;
  const shown = media.value?.assets.find(({ published }) => published);
  return (
    <>
      <Section title={t('media.versions')}>
        <Shown of={media}>
          {({ assets }) => (
            <ul class="versions">
              {assets.map((asset) => (
                <li key={asset.id}>
                  <Version asset={asset} episode={episode} media={media} upload={upload} />
                </li>
              ))}
            </ul>
          )}
        </Shown>
      </Section>
      {media.value && shown && (
        <>
          <Markers episodeId={episode.id} media={media.value} onSaved={media.refresh} />
          <Breaks episodeId={episode.id} markers={media.value.markers} duration={shown.duration} />
        </>
      )}
    </>
  );
}

type Of = { asset: AssetView; episode: AdminEpisode; media: Loaded<EpisodeMedia>; upload: UploadFor };

function Version({ asset, episode, media, upload }: Of) {
  const { t, format } = useDesk();
  const say = useSay();
  const shown = media.value?.assets.find(({ published }) => published);
  const { stored } = asset;
  const { stills, warnings, override, amending } = asset;
  return (
    <article class="version" aria-label={t('media.version', { version: asset.version })}>
      <header class="panel__row">
        <h3>{t('media.version', { version: asset.version })}</h3>
        <State tone={asset.published ? 'good' : asset.verified ? 'warning' : 'quiet'}>
          {t(
            asset.published
              ? 'episodeState.published'
              : asset.verified
                ? 'episodeState.ready'
                : 'media.unverified',
          )}
        </State>
        <span class="faint break">
          {asset.fileName} · {format.dateTime(asset.createdAt)} · {format.bytes(asset.bytes)}
          {asset.revision > 1 && ` · ${t('media.revision', { revision: asset.revision })}`}
          {!asset.encrypted && ` · ${t('media.clear')}`}
        </span>
      </header>
      {stills.length > 0 && (
        <ul class="stills">
          {stills.map(({ url, width, height }) => (
            <li key={url}>
              <img src={url} width={width} height={height} alt="" loading="lazy" />
            </li>
          ))}
        </ul>
      )}
      {asset.video.length > 0 && (
        <ul class="rungs" aria-label={t('media.rungs')}>
          {asset.video.map((rung) => (
            <li key={rung.id}>
              <strong>
                {rung.width} × {rung.height}
              </strong>{' '}
              <span class="faint">
                {codecName(rung.codec)} ·{' '}
                {t('media.rate', { rate: Math.round(rung.averageBandwidth / 1000) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {asset.verified && <Tracks asset={asset} onChange={media.refresh} upload={upload} />}
      {warnings.length > 0 && <WarningList warnings={warnings} overridden={override !== null} />}
      {override && (
        <p class="faint">
          {t('media.override', { reason: override.reason, date: format.date(override.at) })}
        </p>
      )}
      {amending.map((jobId) => (
        <p key={jobId}>
          <State tone="busy">{t('media.amending')}</State>{' '}
          <a href={at('job', { id: jobId })}>{t('episode.job')}</a>
        </p>
      ))}
      {asset.verified && (
        <p class="faint small">
          {say('storage.versionStored', {
            total: format.bytes(stored.total),
            source: format.bytes(asset.sourceGone ? 0 : stored.source),
            video: format.bytes(stored.video),
            audio: format.bytes(stored.audio),
            subtitles: format.bytes(stored.subtitles),
            pictures: format.bytes(stored.pictures),
          })}{' '}
          {asset.sourceGone && say('storage.sourceGone')}
        </p>
      )}
      {asset.verified && shown && shown.id !== asset.id && (
        <p>
          <ButtonLink
            small
            look="outline"
            href={`${at('compare', { id: episode.titleId, episode: episode.id })}?left=${shown.id}&right=${asset.id}`}
          >
            {say('compare.open', { version: shown.version })}
          </ButtonLink>
        </p>
      )}
      {asset.verified && <VersionActions asset={asset} episode={episode} onChange={media.refresh} />}
    </article>
  );
}
