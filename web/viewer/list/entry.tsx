import { useId } from 'preact/hooks';
import type { TitleCard } from '../../../schema/api/catalog.ts';
import type { ListChange, ListEntry } from '../../../schema/api/library.ts';
import { watchStates, type WatchState } from '../../../schema/library-terms.ts';
import { to } from '../../paths.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { NativeName } from '../cards/names.tsx';
import { Details } from './details.tsx';
import { scores } from './scores.ts';
import { useListWords } from './words.ts';

type Change = (wanted: ListChange) => Promise<boolean>;

/** A title on the list, with what can be said of it where it stands. */
export function Entry({
  title,
  entry,
  change,
  remove,
}: {
  title: TitleCard;
  entry: ListEntry;
  change: Change;
  remove: () => void;
}) {
  const l = useListWords();
  const id = useId();
  const name = title.names.main;
  return (
    <article class="entry" aria-labelledby={id}>
      <a class="entry__poster" href={to('title', { slug: title.slug })} tabIndex={-1} aria-hidden="true">
        <Picture image={title.poster} shape="poster" name="" />
      </a>
      <div class="entry__words">
        <h2 class="entry__name" id={id}>
          <a href={to('title', { slug: title.slug })}>{name}</a>
        </h2>
        <NativeName title={title} class="entry__native" />
        <Watched entry={entry} />
      </div>
      <div class="entry__said">
        <select
          aria-label={l('list.state', { name })}
          value={entry.state}
          onChange={({ currentTarget }) => void change({ state: currentTarget.value as WatchState })}
        >
          {watchStates.map((state) => (
            <option key={state} value={state} selected={state === entry.state}>
              {l(`state.${state}`)}
            </option>
          ))}
        </select>
        {/* A list of numbers: typing one chooses it. */}
        <select
          class="entry__score"
          aria-label={l('list.score', { name })}
          value={entry.score ?? ''}
          onChange={({ currentTarget: { value } }) => void change({ score: value ? Number(value) : null })}
        >
          <option value="" selected={entry.score === null}>
            {l('list.scoreNone')}
          </option>
          {scores.map((score) => (
            <option key={score} value={score} selected={score === entry.score}>
              {score}
            </option>
          ))}
        </select>
        <Button
          look={entry.followed ? 'outline' : 'plain'}
          small
          aria-pressed={entry.followed}
          aria-label={`${l('list.follow')}: ${name}`}
          title={l(entry.followed ? 'list.following' : 'list.follow')}
          onClick={() => void change({ followed: !entry.followed })}
        >
          <Icon name="bell" />
        </Button>
        <Button
          look="plain"
          small
          aria-label={`${l('list.remove')}: ${name}`}
          title={l('list.remove')}
          onClick={remove}
        >
          <Icon name="cross" />
        </Button>
      </div>
      <details class="entry__more">
        <summary aria-label={l('list.moreOf', { name })}>
          {entry.notes ? l('list.notes') : l('list.more')}
        </summary>
        <Details name={name} entry={entry} change={change} />
      </details>
    </article>
  );
}

/** How far it was watched: the bar for the eye, the words for everybody. */
function Watched({ entry: { watched, of } }: { entry: ListEntry }) {
  const l = useListWords();
  if (of === 0) return null;
  return (
    <p class="entry__watched">
      <progress
        class="progress"
        value={watched}
        max={of}
        aria-label={l('list.progressOf', { watched, of })}
      />
      <span aria-hidden="true">{l('list.progress', { watched, of })}</span>
    </p>
  );
}
