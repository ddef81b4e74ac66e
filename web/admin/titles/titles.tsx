import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, FailureNotice, Heading, Heard, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { TitleTable } from './title-table.tsx';

/** How long somebody stops typing before the question is asked, ms. */
const PAUSE_MS = 250;

/** All titles, by last change; found by a part of any name. `find`: opened in order to search. */
export function TitlesPage({ q, find }: { q: string; find: boolean }) {
  const { t } = useDesk();
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  const search = useRef<HTMLElement>(null);
  useEffect(() => {
    if (find) search.current?.querySelector('input')?.focus(); // after the heading, which every new page gives it to
  }, [find]);
  useEffect(() => {
    const text = typed.trim();
    if (text === q) return undefined;
    const timer = setTimeout(
      () => go(text ? `${at('titles')}?q=${encodeURIComponent(text)}` : at('titles'), { replace: true }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [typed]);
  const first = useFresh(`titles ${q}`, () => calls.list({ q }));
  const pages = usePages(q, first.value, (cursor) => calls.list({ q, cursor }));
  return (
    <>
      <Heading title={t('titles.title')}>
        <ButtonLink look="primary" href={at('new-title')}>
          {t('titles.new')}
        </ButtonLink>
      </Heading>
      <search class="search" ref={search}>
        <Field
          label={t('titles.search')}
          hint={t('titles.searchHint')}
          type="search"
          maxLength={100}
          aria-keyshortcuts="Control+K Meta+K"
          data-search
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </search>
      <Shown of={first}>
        {() =>
          pages.items.length > 0 ? (
            <>
              <Heard text={t('titles.shown', { count: pages.items.length })} />
              <TitleTable titles={pages.items} />
              {pages.failure && <FailureNotice failure={pages.failure} />}
              {pages.next && (
                <Button look="outline" disabled={pages.busy} onClick={() => void pages.more()}>
                  {t('desk.more')}
                </Button>
              )}
            </>
          ) : (
            <Nothing q={q} />
          )
        }
      </Shown>
    </>
  );
}

function Nothing({ q }: { q: string }) {
  const { t } = useDesk();
  if (q)
    return (
      <Empty title={t('titles.notFound', { q })}>
        <output>{t('titles.notFoundText')}</output>
      </Empty>
    );
  return (
    <Empty title={t('titles.none')}>
      <p>{t('titles.noneText')}</p>
      <ButtonLink look="primary" href={at('new-title')}>
        {t('overview.start')}
      </ButtonLink>
    </Empty>
  );
}
