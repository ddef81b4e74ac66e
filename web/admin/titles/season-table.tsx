import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AdminEpisode } from '../../../schema/api/editing.ts';
import type { JobCard } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { to } from '../../paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { EpisodeStateTag } from '../episodes/state-tag.tsx';
import { FailureNotice } from '../parts.tsx';
import { at } from '../places.ts';
import { LongTable, type Column } from '../table/long-table.tsx';
import { useSelection } from '../table/selection.ts';
import { BulkEpisodes } from './bulk-episodes.tsx';
import { InlineEpisode } from './inline-episode.tsx';
import { SeasonHead } from './season-head.tsx';
import type { PartOf } from './title-parts.ts';
import { useEpisodeJobs } from './use-episode-jobs.ts';
import { useSay } from './words.ts';

/** The episodes of one season: changed where they stand, or several at once. */
export function SeasonTable({
  title,
  loaded,
  season,
  name,
  episodes,
}: PartOf & { season: number; name: string; episodes: readonly AdminEpisode[] }) {
  const { t, format } = useDesk();
  const say = useSay();
  const [editing, setEditing] = useState<Id<'episode'> | null>(null);
  const jobs = useEpisodeJobs(title.id, episodes);
  const jobOf = jobs.of;
  const selection = useSelection(episodes);
  const nameOf = useCallback(
    (episode: AdminEpisode) => episode.name ?? t('episode.unnamed', { number: episode.number }),
    [t],
  );
  // Who leaves a row stands at its button again (WCAG 2.4.3).
  const left = useRef<Id<'episode'> | null>(null);
  useEffect(() => {
    if (editing || !left.current) return;
    document.querySelector<HTMLElement>(`[data-row="${left.current}"] .row-do button`)?.focus();
    left.current = null;
  }, [editing]);
  // Rows that did not change are not drawn again: a box that is ticked changes no column.
  const columns = useMemo(
    (): Column<AdminEpisode>[] => [
      {
        key: 'number',
        name: t('episodes.column.number'),
        width: '3rem',
        number: true,
        cell: ({ number }) => number,
      },
      {
        key: 'name',
        name: t('episodes.column.name'),
        width: 'minmax(8rem, 3fr)',
        names: true,
        cell: (episode) =>
          editing === episode.id ? (
            <InlineEpisode
              episode={episode}
              title={title}
              loaded={loaded}
              onDone={(next) => {
                left.current = episode.id;
                setEditing(next ? (episodes[episodes.indexOf(episode) + 1]?.id ?? null) : null);
              }}
            />
          ) : (
            <>
              <a href={at('episode', { id: episode.titleId, episode: episode.id })}>{nameOf(episode)}</a>
              {episode.kind !== 'story' && <span class="tag">{t(`episodeKind.${episode.kind}`)}</span>}
            </>
          ),
      },
      {
        key: 'state',
        name: t('episodes.column.state'),
        width: 'minmax(7rem, 1.3fr)',
        cell: (episode) => <Video episode={episode} job={jobOf(episode)} />,
      },
      {
        key: 'airs',
        name: t('episodes.column.airs'),
        width: '9rem',
        aside: true,
        cell: ({ airsAt }) => airsAt !== null && format.dateTime(airsAt),
      },
      {
        key: 'do',
        name: t('episodes.column.do'),
        width: 'minmax(6.5rem, 13rem)',
        cell: (episode) => (
          <span class="row-do">
            {editing !== episode.id && (
              <Button small look="plain" onClick={() => setEditing(episode.id)}>
                {say('episodes.edit')}
                <span class="only-heard">: {nameOf(episode)}</span>
              </Button>
            )}
            <Away episode={episode} name={nameOf(episode)} />
          </span>
        ),
      },
    ],
    [t, format, say, nameOf, jobOf, editing, episodes, title, loaded],
  );
  return (
    <>
      <SeasonHead title={title} loaded={loaded} season={season} empty={episodes.length === 0} />
      {jobs.failure?.problem && <FailureNotice failure={jobs.failure} />}
      {episodes.length > 0 && (
        <LongTable label={name} rows={episodes} columns={columns} selection={selection} nameOf={nameOf} />
      )}
      <BulkEpisodes
        title={title}
        episodes={episodes}
        selection={selection}
        refresh={async () => {
          await Promise.all([loaded.refresh(), jobs.refresh()]);
        }}
      />
    </>
  );
}

/** What viewers have, what is on its way, and what is to be switched when. */
function Video({ episode, job }: { episode: AdminEpisode; job: JobCard | null }) {
  const { format } = useDesk();
  const say = useSay();
  // `publish when ready` switches the episode without anybody here doing it: the job knows.
  const shown = job?.published ? { ...episode, assetId: job.assetId } : episode;
  return (
    <span>
      <EpisodeStateTag episode={job ? shown : { ...shown, latestJobId: null }} job={job} />
      {episode.publishAt !== null && (
        <span class="small warn">
          {' '}
          {say('episodes.planned', { when: format.dateTime(episode.publishAt) })}
        </span>
      )}
      {episode.publishRefused && <span class="small bad"> {episode.publishRefused}</span>}
      {episode.takenDownAt !== null && <span class="small bad"> {say('state.takenDown')}</span>}
    </span>
  );
}

/** What one mostly wants next of an episode: to see it, or to give it a video. */
function Away({ episode, name }: { episode: AdminEpisode; name: string }) {
  const { t } = useDesk();
  const page = at('episode', { id: episode.titleId, episode: episode.id });
  return episode.assetId ? (
    <ButtonLink small look="plain" href={to('watch', { episode: episode.id })}>
      {t('episode.watch')}
      <span class="only-heard">: {name}</span>
    </ButtonLink>
  ) : (
    <ButtonLink small look="plain" href={page}>
      {t(episode.latestJobId ? 'episode.video' : 'episode.upload')}
      <span class="only-heard">: {name}</span>
    </ButtonLink>
  );
}
