import { useState } from 'preact/hooks';
import type { AdminEpisode, AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { JobCard } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import type { Answer } from '../../api.ts';
import { to } from '../../paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { jobs as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { episodeState } from '../episodes/episode-state.ts';
import { NewEpisodeForm } from '../episodes/new-episode-form.tsx';
import { EpisodeStateTag } from '../episodes/state-tag.tsx';
import { useFresh, type Failure, type Loaded } from '../fresh-hook.ts';
import { FailureNotice, Heard, Section } from '../parts.tsx';
import { at } from '../places.ts';

type Jobs = ReadonlyMap<Id<'job'>, JobCard>;

/** The newest job of each episode: most stand on the first page of all jobs, the others are read one by one. */
async function jobsOf(episodes: readonly AdminEpisode[]): Promise<Answer<Jobs>> {
  const wanted = new Set(episodes.flatMap(({ latestJobId }) => latestJobId ?? []));
  const found = new Map<Id<'job'>, JobCard>();
  if (wanted.size === 0) return { ok: true, value: found };
  const page = await calls.list({ limit: '100' });
  if (!page.ok) return page;
  for (const job of page.value.items) if (wanted.delete(job.id)) found.set(job.id, job);
  for (const answer of await Promise.all([...wanted].map((id) => calls.read(id)))) {
    if (!answer.ok) return answer;
    found.set(answer.value.id, answer.value);
  }
  return { ok: true, value: found };
}

/** A title's episodes by season, each with the state of its video. */
export function Episodes({ title, loaded }: { title: AdminTitleDetail; loaded: Loaded<AdminTitleDetail> }) {
  const { t } = useDesk();
  const [said, setSaid] = useState('');
  const list = title.episodeList;
  const running = list.map(({ latestJobId }) => latestJobId ?? '').join(' ');
  const jobs = useFresh(
    `jobs of ${title.id} ${running}`,
    () => jobsOf(list),
    (found) => [...found.values()].some(({ state }) => !isOver(state)),
  );
  const seasons = [...new Set(list.map(({ season }) => season))].sort((a, b) => a - b);
  const last = seasons.at(-1) ?? 1;
  const next = 1 + Math.max(0, ...list.filter(({ season }) => season === last).map(({ number }) => number));
  return (
    <Section title={t('episodes.title')}>
      <Heard text={said} />
      {jobs.failure?.problem && <FailureNotice failure={jobs.failure} />}
      {list.length === 0 && <p class="faint">{t('episodes.none')}</p>}
      {seasons.map((season) => (
        <Season
          key={season}
          season={season}
          alone={seasons.length === 1}
          episodes={list.filter((episode) => episode.season === season)}
          jobs={jobs.value}
          refresh={async () => {
            await Promise.all([loaded.refresh(), jobs.refresh()]);
          }}
        />
      ))}
      <NewEpisodeForm
        titleId={title.id}
        next={{ season: last, number: next }}
        taken={(season, number) => list.some((e) => e.season === season && e.number === number)}
        onAdded={(added) => {
          setSaid(t('episodes.added', { season: added.season, number: added.number }));
          loaded.put({
            ...title,
            episodeList: [...list, added].sort((a, b) => a.season - b.season || a.number - b.number),
          });
        }}
      />
    </Section>
  );
}

function Season({
  season,
  alone,
  episodes,
  jobs,
  refresh,
}: {
  season: number;
  alone: boolean;
  episodes: readonly AdminEpisode[];
  jobs: Jobs | null;
  refresh: () => Promise<void>;
}) {
  const { t } = useDesk();
  const name = season === 0 ? t('episodes.specials') : t('episodes.season', { number: season });
  return (
    <>
      {!alone && <h3>{name}</h3>}
      <table class="table table--episodes" aria-label={name}>
        <thead>
          <tr>
            <th scope="col">{t('episodes.column.number')}</th>
            <th scope="col">{t('episodes.column.name')}</th>
            <th scope="col">{t('episodes.column.state')}</th>
            <th scope="col">{t('episodes.column.airs')}</th>
            <th scope="col">
              <span class="only-heard">{t('episodes.column.do')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {episodes.map((episode) => (
            <Row
              key={episode.id}
              episode={episode}
              job={(episode.latestJobId && jobs?.get(episode.latestJobId)) || null}
              refresh={refresh}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({
  episode,
  job,
  refresh,
}: {
  episode: AdminEpisode;
  job: JobCard | null;
  refresh: () => Promise<void>;
}) {
  const { t, format } = useDesk();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const page = at('episode', { id: episode.titleId, episode: episode.id });
  // `publish when ready` switches the episode without anybody here doing it: the job knows.
  const shown = job?.published ? { ...episode, assetId: job.assetId } : episode;
  const state = episodeState(shown, job);
  const publish = async (assetId: Id<'asset'>) => {
    setBusy(true);
    const answer = await calls.publish(episode.id, assetId);
    setFailure(answer.ok ? null : answer);
    await refresh();
    setBusy(false);
  };
  const name = episode.name ?? t('episode.unnamed', { number: episode.number });
  return (
    <tr>
      <td class="table__number">{episode.number}</td>
      <th scope="row">
        <a href={page}>{name}</a>
        {episode.kind !== 'story' && <span class="tag">{t(`episodeKind.${episode.kind}`)}</span>}
        {failure && <FailureNotice failure={failure} />}
      </th>
      <td>
        <EpisodeStateTag episode={shown} job={job} />
      </td>
      <td>{episode.airsAt !== null && format.date(episode.airsAt)}</td>
      <td class="table__do">
        {state.kind === 'ready' && job ? (
          <Button small look="primary" disabled={busy} onClick={() => void publish(job.assetId)}>
            {t(busy ? 'episode.publishing' : 'episode.publish')}
            <span class="only-heard">: {name}</span>
          </Button>
        ) : state.kind === 'published' ? (
          <ButtonLink small look="plain" href={to('watch', { episode: episode.id })}>
            {t('episode.watch')}
            <span class="only-heard">: {name}</span>
          </ButtonLink>
        ) : (
          (state.kind === 'empty' || state.kind === 'failed' || state.kind === 'cancelled') && (
            <ButtonLink small look="outline" href={page}>
              {t('episode.upload')}
              <span class="only-heard">: {name}</span>
            </ButtonLink>
          )
        )}
      </td>
    </tr>
  );
}
