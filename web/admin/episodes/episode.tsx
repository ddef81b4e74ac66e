import { useEffect, useState } from 'preact/hooks';
import type { AdminEpisode, AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { JobView } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { History } from '../audit/history.tsx';
import { jobs, titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh, type Loaded } from '../fresh-hook.ts';
import { JobActions } from '../jobs/job-actions.tsx';
import { Outcome } from '../jobs/outcome.tsx';
import { Empty, Heading, Heard, Progress, Section, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import type { UploadFor } from '../uploader/queue.ts';
import { UploadList } from '../uploads/upload-list.tsx';
import { useUploads } from '../uploads/use-uploads.ts';
import { DropZone } from './drop-zone.tsx';
import { EpisodeMediaSections } from './media/versions.tsx';
import { partAt } from '../titles/title-parts.ts';
import { EpisodeForm } from './episode-form.tsx';
import { EpisodePublishing } from './episode-publishing.tsx';
import { EpisodeStateTag } from './state-tag.tsx';

/** One episode: its video, its uploads, its newest job, its facts. */
export function EpisodePage({ titleId, id }: { titleId: Id<'title'>; id: string }) {
  const { t } = useDesk();
  const title = useFresh(`title ${titleId}`, () => calls.read(titleId));
  const episode = title.value?.episodeList.find((e) => e.id === id);
  const trail = [
    { href: at('titles'), name: t('titles.title') },
    ...(title.value
      ? [
          { href: at('title', { id: titleId }), name: title.value.names.main },
          { href: partAt(titleId, 'episodes'), name: t('episodes.title') },
        ]
      : []),
  ];
  if (!title.value || !episode)
    return (
      <>
        <Heading title={t(title.value ? 'desk.nothingHere' : 'episodes.title')} trail={trail} />
        <Shown of={title}>
          {() => (
            <Empty title={t('desk.nothingHereText')}>
              <ButtonLink href={partAt(titleId, 'episodes')}>{t('episodes.title')}</ButtonLink>
            </Empty>
          )}
        </Shown>
      </>
    );
  return <EpisodeBody key={episode.id} title={title.value} episode={episode} loaded={title} trail={trail} />;
}

type Body = {
  title: AdminTitleDetail;
  episode: AdminEpisode;
  loaded: Loaded<AdminTitleDetail>;
  trail: { href: string; name: string }[];
};

function EpisodeBody({ title, episode, loaded, trail }: Body) {
  const { t } = useDesk();
  const label = t('job.heading', {
    title: title.names.main,
    season: episode.season,
    episode: episode.number,
  });
  const upload: UploadFor = { episodeId: episode.id, titleId: title.id, label };
  const [newest, setNewest] = useState<JobView | null>(null);
  const ready = newest?.state === 'ready' && newest.assetId !== episode.assetId ? newest.assetId : null;
  return (
    <>
      <Heading title={episode.name ?? t('episode.unnamed', { number: episode.number })} trail={trail}>
        {episode.assetId && (
          <ButtonLink look="outline" href={to('watch', { episode: episode.id })}>
            {t('episode.watch')}
          </ButtonLink>
        )}
      </Heading>
      <p class="under">{t('episode.heading', { season: episode.season, number: episode.number })}</p>
      <EpisodePublishing episode={episode} ready={ready} refresh={loaded.refresh} />
      <Section title={t('episode.video')}>
        <Video episode={episode} onChange={loaded.refresh} onJob={setNewest} />
        <EpisodeUploads episode={episode} onDone={loaded.refresh} />
        <DropZone episode={upload} />
      </Section>
      <EpisodeMediaSections episode={episode} upload={upload} />
      <Section title={t('title.facts')}>
        <EpisodeForm
          episode={episode}
          refresh={loaded.refresh}
          show={(saved) =>
            loaded.put({
              ...title,
              episodeList: title.episodeList.map((e) => (e.id === saved.id ? saved : e)),
            })
          }
        />
      </Section>
      <History episodeId={episode.id} version={episode.revision} onUndone={() => void loaded.refresh()} />
    </>
  );
}

/** The newest job, live, with what can be done about it. */
function Video({
  episode,
  onChange,
  onJob,
}: {
  episode: AdminEpisode;
  onChange: () => Promise<void>;
  onJob: (job: JobView | null) => void;
}) {
  const { t } = useDesk();
  if (!episode.latestJobId) return null;
  return (
    <LatestJob
      key={episode.latestJobId}
      episode={episode}
      jobId={episode.latestJobId}
      onChange={onChange}
      onJob={onJob}
      t={t}
    />
  );
}

function LatestJob({
  episode,
  jobId,
  onChange,
  onJob,
  t,
}: {
  episode: AdminEpisode;
  jobId: Id<'job'>;
  onChange: () => Promise<void>;
  onJob: (job: JobView | null) => void;
  t: ReturnType<typeof useDesk>['t'];
}) {
  const job = useFresh(
    `job ${jobId}`,
    () => jobs.read(jobId),
    ({ state }) => !isOver(state),
    (news) => news === null || news === jobId,
  );
  useEffect(() => onJob(job.value), [job.value]);
  // `publish when ready` switches the episode without anybody here doing it.
  const shown = job.value?.published ? { ...episode, assetId: job.value.assetId } : episode;
  return (
    <div class="panel">
      <Shown of={job}>
        {(value) => (
          <>
            <Heard text={t(`jobState.${value.state}`)} />
            <div class="panel__row">
              <EpisodeStateTag episode={shown} job={value} />
              {!isOver(value.state) && <Progress quiet label={t('job.progress')} share={value.progress} />}
            </div>
            <p class="faint break">
              {value.purpose !== 'encode' && `${t(`purpose.${value.purpose}`)} · `}
              {value.fileName} · <a href={at('job', { id: value.id })}>{t('episode.job')}</a>
            </p>
            {value.state === 'failed' && <Outcome job={value} />}
            <div class="panel__do">
              <JobActions
                here
                job={value}
                loaded={{
                  refresh: async () => {
                    await Promise.all([job.refresh(), onChange()]);
                  },
                }}
              />
            </div>
          </>
        )}
      </Shown>
    </div>
  );
}

/** This tab's uploads for this episode; one that ends gives way to its job. */
function EpisodeUploads({ episode, onDone }: { episode: AdminEpisode; onDone: () => Promise<void> }) {
  const { id, latestJobId } = episode;
  const items = useUploads().filter(
    // Ids are in the order in which jobs began.
    (item) => item.episodeId === id && (!item.jobId || !latestJobId || item.jobId > latestJobId),
  );
  return <UploadList items={items} onDone={onDone} />;
}
