import { to } from '../../paths.ts';
import { useHere } from '../../visit.ts';
import { useSiteWords } from '../site/words.ts';
import { legalIn, legalTexts, type LegalText } from './texts.ts';

/** `contact`: a URI that notices go to; null where the operator has named none. */
export type LegalData = { text: LegalText; contact: string | null };

export default function Legal({ data: { text, contact } }: { data: LegalData }) {
  const { visit } = useHere();
  const s = useSiteWords();
  const { texts: words, language } = legalIn(visit.language);
  const { lead, sections } = words[text];
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
        <div class="legal__text" lang={language}>
          <p class="legal__lead">{lead}</p>
          {sections.map(({ heading, body }) => (
            <section key={heading}>
              <h2>{heading}</h2>
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
                {words.contact} <a href={contact}>{contact.replace(/^mailto:/, '')}</a>
              </>
            ) : (
              words.noContact
            )}
          </p>
        </div>
      </article>
    </div>
  );
}
