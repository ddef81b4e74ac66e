import { isOver, jobStates, type JobState } from '../../../schema/jobs/state.ts';
import { Button } from '../../ui/button.tsx';
import { FieldFrame } from '../../ui/field.tsx';
import { jobs as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, FailureNotice, Heading, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { JobTable } from './job-list.tsx';

const isState = (text: string | null): text is JobState =>
  (jobStates as readonly (string | null)[]).includes(text);

/** All jobs, newest first. The first page is kept fresh while something in it runs; older pages are as they were read. */
export function JobsPage({ state: asked }: { state: string | null }) {
  const { t } = useDesk();
  const state = isState(asked) ? asked : undefined;
  const first = useFresh(
    `jobs ${state ?? ''}`,
    () => calls.list({ state }),
    ({ items }) => items.some((job) => !isOver(job.state)),
    () => true,
  );
  const pages = usePages(state ?? '', first.value, (cursor) => calls.list({ state, cursor }));
  return (
    <>
      <Heading title={t('jobs.title')}>
        <FieldFrame label={t('jobs.filter')}>
          {(tied) => (
            <select
              {...tied}
              value={state ?? ''}
              onChange={({ currentTarget: { value } }) =>
                go(value ? `${at('jobs')}?state=${value}` : at('jobs'), { replace: true })
              }
            >
              <option value="">{t('jobs.all')}</option>
              {jobStates.map((name) => (
                <option key={name} value={name}>
                  {t(`jobState.${name}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
      </Heading>
      <Shown of={first}>
        {() =>
          pages.items.length > 0 ? (
            <>
              <JobTable jobs={pages.items} label={t('jobs.title')} />
              {pages.failure && <FailureNotice failure={pages.failure} />}
              {pages.next && (
                <Button look="outline" disabled={pages.busy} onClick={() => void pages.more()}>
                  {t('desk.more')}
                </Button>
              )}
            </>
          ) : (
            <Empty title={t(state ? 'jobs.noneOf' : 'jobs.none')}>
              <p>{t(state ? 'jobs.noneOfText' : 'jobs.noneText')}</p>
            </Empty>
          )
        }
      </Shown>
    </>
  );
}
