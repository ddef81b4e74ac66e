import { useEffect, useState } from 'preact/hooks';
import { jobTabs, type JobTab } from '../../../schema/api/ingest.ts';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { go } from '../navigation.ts';
import { Empty, FailureNotice, Heading } from '../parts.tsx';
import { at } from '../places.ts';
import { BulkBar } from './bulk-bar.tsx';
import { JobRows } from './job-rows.tsx';
import { Live } from './live.tsx';
import { useJobs } from './use-jobs.ts';
import { useSay } from './words.ts';

const tabs = [null, ...(Object.keys(jobTabs) as JobTab[])];
const isTab = (text: string | null): text is JobTab => text !== null && Object.hasOwn(jobTabs, text);
const address = (tab: JobTab | null, q: string): string => {
  const query = new URLSearchParams({ ...(tab ? { tab } : {}), ...(q ? { q } : {}) });
  return `${at('jobs')}${query.size > 0 ? `?${query}` : ''}`;
};

/** Jobs by what they are at, as it changes. */
export function JobsPage({ address: { searchParams } }: { address: URL }) {
  const { t } = useDesk();
  const say = useSay();
  const given = searchParams.get('tab');
  const tab = isTab(given) ? given : null;
  const q = searchParams.get('q') ?? '';
  const list = useJobs({ tab, q });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setSelected(new Set()), [tab, q]);
  const items = list.shown?.items ?? [];
  const chosen = items.filter(({ id }) => selected.has(id));
  return (
    <>
      <Heading title={t('jobs.title')}>
        <Live />
        <Search key={tab} q={q} onSearch={(text) => go(address(tab, text), { replace: true })} />
      </Heading>
      <nav class="tabs" aria-label={say('list.tabs')}>
        <ul>
          {tabs.map((one) => (
            <li key={one}>
              <a href={address(one, q)} {...(one === tab ? { 'aria-current': 'page' } : {})}>
                {say(`tab.${one ?? 'all'}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <BulkBar
        chosen={chosen}
        onClear={() => setSelected(new Set())}
        onDone={async () => {
          setSelected(new Set());
          await list.reload();
        }}
      />
      {list.failure && <FailureNotice failure={list.failure} retry={() => void list.reload()} />}
      {!list.shown && !list.failure && <output class="loading">{t('desk.loading')}</output>}
      {items.length > 0 && (
        <JobRows jobs={items} label={t('jobs.title')} selection={{ selected, onSelect: setSelected }} />
      )}
      {list.shown && items.length === 0 && <Nothing tab={tab} q={q} />}
      {list.shown?.next && (
        <p>
          <Button look="outline" disabled={list.busy} onClick={() => void list.more()}>
            {t('desk.more')}
          </Button>
        </p>
      )}
    </>
  );
}

function Nothing({ tab, q }: { tab: JobTab | null; q: string }) {
  const { t } = useDesk();
  const say = useSay();
  if (q)
    return (
      <Empty title={say('list.noneFound')}>
        <p>{say('list.noneFoundText')}</p>
      </Empty>
    );
  return (
    <Empty title={tab ? say('list.noneHere') : t('jobs.none')}>
      <p>{tab ? say('list.noneHereText') : t('jobs.noneText')}</p>
    </Empty>
  );
}

/** How long somebody goes on typing, ms. */
const TYPING_MS = 250;

function Search({ q, onSearch }: { q: string; onSearch: (text: string) => void }) {
  const say = useSay();
  const [text, setText] = useState(q);
  useEffect(() => {
    if (text.trim() === q) return undefined;
    const timer = setTimeout(() => onSearch(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <search>
      <form
        class="field search"
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(text.trim());
        }}
      >
        <input
          type="search"
          data-search
          aria-label={say('list.search')}
          placeholder={say('list.search')}
          maxLength={100}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </form>
    </search>
  );
}
