import { useEffect } from 'preact/hooks';
import { isOver } from '../../../schema/jobs/state.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { jobs as jobCalls, titles as titleCalls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { JobTable } from '../jobs/job-list.tsx';
import { Heading, Section, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { TitleTable } from '../titles/title-table.tsx';
import { needingAttention } from './attention.ts';

/** What goes on, what needs somebody, and what was worked on last. */
export function OverviewPage() {
  const { t } = useDesk();
  const jobs = useFresh(
    'newest jobs',
    () => jobCalls.list({ limit: '30' }),
    ({ items }) => items.some((job) => !isOver(job.state)),
    () => true,
  );
  const failed = useFresh('failed jobs', () => jobCalls.list({ state: 'failed', limit: '5' }));
  const running = jobs.value?.items.filter((job) => !isOver(job.state)) ?? [];
  // One that stops running may have failed.
  useEffect(() => void failed.refresh(), [running.length]);
  const titles = useFresh('newest titles', () => titleCalls.list({ limit: '6' }));
  return (
    <>
      <Heading title={t('overview.title')} />
      {titles.value?.items.length === 0 && <FirstSteps />}
      <Section title={t('overview.running')} aside={<a href={at('jobs')}>{t('overview.allJobs')}</a>}>
        <Shown of={jobs}>
          {() =>
            running.length > 0 ? (
              <JobTable jobs={running} label={t('overview.running')} />
            ) : (
              <p class="faint">{t('overview.runningNone')}</p>
            )
          }
        </Shown>
      </Section>
      <Section title={t('overview.failed')}>
        <Shown of={failed}>
          {({ items }) => {
            const waiting = needingAttention([jobs.value?.items ?? [], items], Date.now());
            return waiting.length > 0 ? (
              <JobTable jobs={waiting} label={t('overview.failed')} />
            ) : (
              <p class="faint">{t('overview.failedNone')}</p>
            );
          }}
        </Shown>
      </Section>
      {titles.value?.items.length !== 0 && (
        <Section title={t('overview.newest')} aside={<a href={at('titles')}>{t('overview.allTitles')}</a>}>
          <Shown of={titles}>{({ items }) => <TitleTable titles={items} />}</Shown>
        </Section>
      )}
    </>
  );
}

/** An empty system says what to do. */
function FirstSteps() {
  const { t } = useDesk();
  return (
    <div class="panel steps">
      <h2>{t('overview.emptyTitle')}</h2>
      <p>{t('overview.emptyText')}</p>
      <ol>
        <li>{t('overview.step1')}</li>
        <li>{t('overview.step2')}</li>
        <li>{t('overview.step3')}</li>
        <li>{t('overview.step4')}</li>
      </ol>
      <p>
        <ButtonLink look="primary" href={at('new-title')}>
          {t('overview.start')}
        </ButtonLink>
      </p>
    </div>
  );
}
