import type { AdminEpisode, AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { Id } from '../../../schema/ids.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
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
import { EpisodeForm } from './episode-form.tsx';
import { EpisodeStateTag } from './state-tag.tsx';

/** One episode: its video, its uploads, its newest job, its facts. */
export function EpisodePage({ titleId, id }: { titleId: Id<'title'>; id: string }) {
  const { t } = useDesk();
  const title = useFresh(`title ${titleId}`, () => calls.read(titleId));
  const episode = title.value?.episodeList.find((e) => e.id === id);
  const trail = [
    { href: at('titles'), name: t('titles.title') },
    ...(title.value ? [{ href: at('title', { id: titleId }), name: title.value.names.main }] : []),
  ];
  if (!title.value || !episode)
    return (
      <>
        <Heading title={t(title.value ? 'desk.nothingHere' : 'episodes.title')} trail={trail} />
        <Shown of={title}>
          {() => (
            <Empty title={t('desk.nothingHereText')}>
              <ButtonLink href={at('title', { id: titleId })}>{t('episodes.title')}</ButtonLink>
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
      <Section title={t('episode.video')}>
        <Video episode={episode} onChange={loaded.refresh} />
        <EpisodeUploads episode={episode} onDone={loaded.refresh} />
        <DropZone episode={upload} />
      </Section>
      <EpisodeMediaSections episode={episode} upload={upload} />
      <Section title={t('title.facts')}>
        <EpisodeForm
          episode={episode}
          onSaved={(saved) =>
            loaded.put({
              ...title,
              episodeList: title.episodeList.map((e) => (e.id === saved.id ? saved : e)),
            })
          }
        />
      </Section>
    </>
  );
}

/** The newest job, live, with what can be done about it. */
function Video({ episode, onChange }: { episode: AdminEpisode; onChange: () => Promise<void> }) {
  const { t } = useDesk();
  if (!episode.latestJobId) return null;
  return (
    <LatestJob
      key={episode.latestJobId}
      episode={episode}
      jobId={episode.latestJobId}
      onChange={onChange}
      t={t}
    />
  );
}

function LatestJob({
  episode,
  jobId,
  onChange,
  t,
}: {
  episode: AdminEpisode;
  jobId: Id<'job'>;
  onChange: () => Promise<void>;
  t: ReturnType<typeof useDesk>['t'];
}) {
  const job = useFresh(
    `job ${jobId}`,
    () => jobs.read(jobId),
    ({ state }) => !isOver(state),
    (news) => news === null || news === jobId,
  );
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
