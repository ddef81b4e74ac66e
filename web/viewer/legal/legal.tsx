import type { NoticeReceipt } from '../../../schema/api/moderation.ts';
import { to } from '../../paths.ts';
import { Notice as Told } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { useSiteWords } from '../site/words.ts';
import { NoticeForm } from './notice-form.tsx';
import type { NoticeForm as Notice } from './notice.ts';
import { legalIn, legalTexts, type LegalText } from './texts.ts';

/** `contact`: a URI that notices go to; null where the operator has named none. */
export type LegalData = {
  text: LegalText;
  contact: string | null;
  /** Of takedown notices; null on the other texts. */
  notice: Notice | null;
};

export default function Legal({ data: { text, contact, notice } }: { data: LegalData }) {
  const { visit, words } = useHere();
  const s = useSiteWords();
  const { texts, language } = legalIn(visit.language);
  const { lead, sections } = texts[text];
  return (
    <div class="legal">
      <nav class="sorts" aria-label={s('footer')}>
        <ul>
          {legalTexts.map((name) => (
            <li key={name}>
              <a
                href={to('legal', { text: name })}
                {...(name === text ? { 'aria-current': 'page' as const } : {})}
              >
                {s(`legal.${name}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <article>
        <h1>{s(`legal.${text}`)}</h1>
        {notice?.receipt && <Received receipt={notice.receipt} />}
        <div class="legal__text" lang={language}>
          <p class="legal__lead">{lead}</p>
          {sections.map(({ id, heading, body }) => (
            <section key={heading}>
              <h2 id={id}>{heading}</h2>
              {body.map((part) =>
                typeof part === 'string' ? (
                  <p key={part}>{part}</p>
                ) : (
                  <ol key={part[0]}>
                    {part.map((point) => (
                      <li key={point}>{point}</li>
                    ))}
                  </ol>
                ),
              )}
            </section>
          ))}
          <p class="legal__contact">
            {contact ? (
              <>
                {texts.contact} <a href={contact}>{contact.replace(/^mailto:/, '')}</a>
              </>
            ) : (
              texts.noContact
            )}
          </p>
        </div>
        {notice && !notice.receipt && (
          <section id="notice" aria-labelledby="send-notice">
            <h2 id="send-notice">{words('takedown')('send')}</h2>
            <NoticeForm form={notice} />
          </section>
        )}
      </article>
    </div>
  );
}

function Received({ receipt: { id, createdAt } }: { receipt: NoticeReceipt }) {
  const { visit, words } = useHere();
  const w = words('takedown');
  const moment = new Intl.DateTimeFormat(visit.language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: visit.timeZone,
  }).format(createdAt);
  return (
    <Told tone="good" title={w('received')}>
      <p class="notice-form__receipt">{w('receipt', { id })}</p>
      <p>{w('receivedAt', { moment })}</p>
    </Told>
  );
}
