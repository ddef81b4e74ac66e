import { to } from '../../paths.ts';
import { useHere } from '../../visit.ts';

/** What one should know before paying, in plain words. */
export function Notes() {
  const p = useHere().words('plans');
  const [before = '', after = ''] = p('noteLaw', { terms: '\n' }).split('\n');
  return (
    <section class="plans__notes" aria-labelledby="notes">
      <h2 id="notes">{p('notes')}</h2>
      <ul>
        <li>{p('noteTax')}</li>
        <li>{p('noteTrial')}</li>
        <li>{p('noteCancel')}</li>
        <li>{p('noteCode')}</li>
        <li>
          <a href={`${to('billing')}#gift`}>{p('noteGift')}</a>
        </li>
        <li>
          {before}
          <a href={`${to('legal', { text: 'terms' })}#withdrawal`}>{p('terms')}</a>
          {after}
        </li>
      </ul>
    </section>
  );
}
