import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { FailureNotice } from '../parts.tsx';
import { Diff, headline } from './diff.tsx';
import { changesOf, type Change } from './grouped.ts';
import { narrowedTo } from './narrowed.ts';
import { UndoButton } from './undo-button.tsx';
import type { useLog } from './use-log.ts';
import { useSay } from './words.ts';

/** So many rows of a change stand open; a bulk change has hundreds. */
const OPEN = 3;

/** Changes, newest first, each with what it did, row by row, and a way back. */
export function ChangeList({
  of: { shown, failure, busy, more, reload },
  links = false,
  onUndone,
}: {
  of: ReturnType<typeof useLog>;
  /** Who and how lead to lists of the same: for those who may see the whole log. */
  links?: boolean;
  /** What else is to be shown anew. */
  onUndone?: () => void;
}) {
  const { t } = useDesk();
  const say = useSay();
  const undone = () => {
    void reload();
    onUndone?.();
  };
  return (
    <>
      {failure && <FailureNotice failure={failure} retry={() => void reload()} />}
      {!shown && !failure && <output class="loading">{t('desk.loading')}</output>}
      {shown && (
        <ol class="changes" aria-label={say('list.label')}>
          {changesOf(shown.items).map((change) => (
            <li key={change.first.seq}>
              <OneChange change={change} names={shown.names} links={links} onUndone={undone} />
            </li>
          ))}
        </ol>
      )}
      {shown?.next && (
        <p>
          <Button look="outline" disabled={busy} onClick={() => void more()}>
            {say('list.more')}
          </Button>
        </p>
      )}
    </>
  );
}

type Part = { change: Change; names: Record<string, string>; links: boolean };

function OneChange({ change, names, links, onUndone }: Part & { onUndone: () => void }) {
  const say = useSay();
  const { first, rows } = change;
  const what = headline(say, first, names);
  const rest = rows.slice(OPEN);
  const row = (item: (typeof rows)[number]) => (
    <div key={item.seq} class="change__row">
      {item !== first && <h4>{headline(say, item, names)}</h4>}
      <Diff item={item} names={names} />
    </div>
  );
  return (
    <article class="change" aria-label={what}>
      <header class="change__head">
        <div>
          <h3>
            {what}
            {rows.length > 1 && (
              <span class="faint small"> {say('change.rows', { count: rows.length })}</span>
            )}
          </h3>
          <Who change={change} names={names} links={links} />
        </div>
        <UndoButton
          change={change}
          what={rows.length > 1 ? `${what} (${say('change.rows', { count: rows.length })})` : what}
          onUndone={onUndone}
        />
      </header>
      {rows.slice(0, OPEN).map(row)}
      {rest.length > 0 && (
        <details class="more">
          <summary>{say('change.allRows', { count: rows.length })}</summary>
          {rest.map(row)}
        </details>
      )}
    </article>
  );
}

function Who({ change: { first }, links }: Part) {
  const { format } = useDesk();
  const say = useSay();
  const { actor, at, from, operation, request } = first;
  const name = actor.name ?? say('change.gone');
  return (
    <p class="change__who small">
      {links ? (
        <a href={narrowedTo({ actor: actor.id })} title={say('change.only', { name })}>
          {name}
        </a>
      ) : (
        <b>{name}</b>
      )}{' '}
      <span class="faint">
        {actor.role} · <time dateTime={new Date(at).toISOString()}>{format.dateTime(at)}</time>
        {from && (
          <>
            {' · '}
            <span {...(from.userAgent ? { title: from.userAgent } : {})}>
              {say('change.from', {
                where: [from.address ?? say('change.here'), from.country && format.country(from.country)]
                  .filter(Boolean)
                  .join(', '),
              })}
            </span>
          </>
        )}
        {links && (
          <>
            {' · '}
            <a href={narrowedTo({ operation })}>
              <span class="only-heard">{say('change.how')}: </span>
              <code>{operation}</code>
            </a>
            {' · '}
            <a href={narrowedTo({ request })}>
              <span class="only-heard">{say('change.request')}: </span>
              <code>{request}</code>
            </a>
          </>
        )}
      </span>
    </p>
  );
}
