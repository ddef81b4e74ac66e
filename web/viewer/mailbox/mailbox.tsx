import type { Mail } from '../../../schema/api/accounts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { moment } from '../account/moment.ts';
import { useAccountWords } from '../account/words.ts';

export type MailboxData = { items: Mail[] };

/** What a platform without a mail provider would have mailed: for developers. */
export default function Mailbox({ data: { items } }: { data: MailboxData }) {
  const here = useHere();
  const a = useAccountWords();
  return (
    <div class="settings">
      <h1>{a('mailboxTitle')}</h1>
      <p>{a('mailboxText')}</p>
      {items.length === 0 && <p>{a('mailboxEmpty')}</p>}
      {items.map((mail) => (
        <article key={mail.id} class="settings__part">
          <h2>{mail.subject}</h2>
          <p class="settings__soft">
            {mail.to} ·{' '}
            <time dateTime={new Date(mail.sentAt).toISOString()}>{moment(here, mail.sentAt)}</time>
          </p>
          <pre class="settings__text">{mail.text}</pre>
          {mail.link && (
            <ButtonLink look="outline" small href={mail.link}>
              {a('openLink')}
            </ButtonLink>
          )}
        </article>
      ))}
    </div>
  );
}
