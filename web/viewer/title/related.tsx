import type { Title } from '../../../schema/api/catalog.ts';
import { to } from '../../paths.ts';
import { useHere } from '../../visit.ts';
import { PosterCard } from '../cards/cards.tsx';
import { Row } from '../cards/row.tsx';
import { episodeName } from '../cards/words.ts';
import { useSiteWords } from '../site/words.ts';

/** Titles that belong with this one, and the orders that its episodes can be watched in. */
export function Related({ title }: { title: Title }) {
  const s = useSiteWords();
  return (
    <>
      {title.relations.length > 0 && (
        <Row id="relations" name={s('title.relations')} shape="poster">
          {title.relations.map(({ kind, title: other }) => (
            <PosterCard key={other.id} title={other} note={s(`relation.${kind}`)} />
          ))}
        </Row>
      )}
      {title.orders.length > 0 && <Orders title={title} />}
    </>
  );
}

function Orders({ title }: { title: Title }) {
  const here = useHere();
  const s = useSiteWords();
  const episodes = new Map(title.seasons.flatMap((season) => season.episodes).map((e) => [e.id, e]));
  return (
    <section class="orders" aria-labelledby="orders">
      <h2 id="orders">{s('title.orders')}</h2>
      <p>{s('title.ordersText')}</p>
      {title.orders.map(({ kind, episodeIds }) => (
        <details key={kind}>
          <summary>{s(`order.${kind}`)}</summary>
          <ol>
            {episodeIds.flatMap((id) => {
              const episode = episodes.get(id);
              if (!episode) return []; // not for who is here
              const number = here.t('episode.short', { season: episode.season, number: episode.number });
              const words = `${number} · ${episodeName(here, episode)}`;
              return [
                <li key={id}>
                  {episode.playable ? <a href={to('watch', { episode: id })}>{words}</a> : words}
                </li>,
              ];
            })}
          </ol>
        </details>
      ))}
    </section>
  );
}
