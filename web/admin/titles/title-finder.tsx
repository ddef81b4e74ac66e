import { useEffect, useState } from 'preact/hooks';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { titles } from '../calls.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Heard } from '../parts.tsx';
import { useSay } from './words.ts';

/** How long somebody stops typing before the question is asked, ms. */
const PAUSE_MS = 250;
const MOST = '8';

/** Finds another title by a part of any of its names, and gives the one that is chosen. */
export function TitleFinder({
  label,
  without,
  chooseWord,
  onChoose,
}: {
  label: string;
  /** Titles that cannot be chosen, such as the one it is for. */
  without: readonly Id<'title'>[];
  chooseWord: (name: string) => string;
  onChoose: (title: AdminTitle) => void;
}) {
  const say = useSay();
  const [q, setQ] = useState('');
  const [found, setFound] = useState<AdminTitle[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const text = q.trim();
    if (!text) {
      setFound(null);
      return undefined;
    }
    let stale = false;
    const timer = setTimeout(() => {
      void titles.list({ q: text, limit: MOST }).then((answer) => {
        if (stale) return;
        setFound(answer.ok ? answer.value.items : null);
        setFailure(answer.ok ? null : answer);
      });
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [q]);
  const offered = found?.filter(({ id }) => !without.includes(id)) ?? [];
  return (
    <div class="finder">
      <Field
        label={label}
        type="search"
        maxLength={100}
        value={q}
        onInput={({ currentTarget }) => setQ(currentTarget.value)}
      />
      <Heard text={found ? say('finder.found', { count: offered.length }) : ''} />
      {failure && <FailureNotice failure={failure} />}
      {found && offered.length === 0 && <p class="faint">{say('finder.none')}</p>}
      {offered.length > 0 && (
        <ul class="finder__list">
          {offered.map((title) => (
            <li key={title.id}>
              <span>
                {title.names.main}{' '}
                <span class="faint">
                  {[title.names.native, title.year].filter((part) => part !== null).join(' · ')}
                </span>
              </span>
              <Button
                small
                look="outline"
                aria-label={chooseWord(title.names.main)}
                onClick={() => {
                  setQ('');
                  onChoose(title);
                }}
              >
                {say('finder.choose')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
