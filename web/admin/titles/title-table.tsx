import type { AdminTitle } from '../../../schema/api/editing.ts';
import { Picture } from '../../ui/picture.tsx';
import { useDesk } from '../desk.ts';
import { at } from '../places.ts';

/** Titles as a table; each row leads to its title. */
export function TitleTable({ titles }: { titles: readonly AdminTitle[] }) {
  const { t, format } = useDesk();
  return (
    <table class="table table--titles" aria-label={t('titles.title')}>
      <thead>
        <tr>
          <th scope="col">
            <span class="only-heard">{t('art.poster')}</span>
          </th>
          <th scope="col">{t('titles.column.title')}</th>
          <th scope="col">{t('titles.column.kind')}</th>
          <th scope="col">{t('titles.column.status')}</th>
          <th scope="col">{t('titles.column.year')}</th>
          <th scope="col">{t('titles.column.episodes')}</th>
          <th scope="col">{t('titles.column.changed')}</th>
        </tr>
      </thead>
      <tbody>
        {titles.map((title) => (
          <tr key={title.id}>
            <td class="table__art">
              <Picture image={title.poster} shape="poster" name="" />
            </td>
            <th scope="row">
              <a href={at('title', { id: title.id })}>{title.names.main}</a>
              {title.names.native && (
                <span class="faint table__native" lang="ja">
                  {title.names.native}
                </span>
              )}
            </th>
            <td>{t(`kind.${title.kind}`)}</td>
            <td>{t(`status.${title.status}`)}</td>
            <td class="table__number">{title.year === null ? '' : String(title.year)}</td>
            <td class="table__number">{title.episodes}</td>
            <td>
              <time
                dateTime={new Date(title.updatedAt).toISOString()}
                title={format.dateTime(title.updatedAt)}
              >
                {format.ago(title.updatedAt, Date.now())}
              </time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
