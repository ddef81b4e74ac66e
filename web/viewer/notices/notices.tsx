import { useEffect } from 'preact/hooks';
import type { Notices as NoticesShape } from '../../../schema/api/library.ts';
import { api } from '../../api.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { moment } from '../account/moment.ts';
import { episodeName } from '../cards/words.ts';
import { useListWords } from '../list/words.ts';

/** New episodes of what a profile follows. Having been here is having been told. */
export default function Notices({ data: { items, unseen } }: { data: NoticesShape }) {
  const here = useHere();
  const { t } = here;
  const l = useListWords();
  const newest = items[0]?.at;
  useEffect(() => {
    if (unseen > 0 && newest !== undefined) void api.post('/api/me/notices/seen', { upTo: newest });
  }, []);
  return (
    <div class="own">
      <header class="own__head">
        <h1>{l('notices.title')}</h1>
        <p>{l('notices.lead')}</p>
      </header>
      {items.length === 0 ? (
        <div class="empty">
          <h2>{l('notices.empty')}</h2>
          <p>{l('notices.emptyText')}</p>
          <p class="own__ways">
            <ButtonLink look="primary" href={to('browse')}>
              {l('list.browse')}
            </ButtonLink>
            <ButtonLink look="outline" href={to('list')}>
              {l('notices.toList')}
            </ButtonLink>
          </p>
        </div>
      ) : (
        <ul class="watched-list">
          {items.map(({ title, episode, at, unseen: isNew }) => (
            <li key={episode.id}>
              <article class="watched">
                <div class="watched__still">
                  <Picture image={episode.still ?? title.backdrop} shape="backdrop" name="" />
                </div>
                <div class="watched__words">
                  <a class="watched__title" href={to('title', { slug: title.slug })}>
                    {title.names.main}
                  </a>
                  <h2 class="watched__name">
                    <a href={to('watch', { episode: episode.id })}>
                      <span class="card__number">
                        {t('episode.short', { season: episode.season, number: episode.number })}
                      </span>{' '}
                      {episodeName(here, episode)}
                    </a>
                    {isNew && <span class="tag tag--new">{l('notices.new')}</span>}
                  </h2>
                  <p class="watched__how">
                    <time dateTime={new Date(at).toISOString()}>{moment(here, at)}</time>
                  </p>
                </div>
              </article>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
