import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { signInThen, to } from '../paths.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useDesk } from './desk.ts';
import type { Failure, Loaded } from './fresh-hook.ts';
import { hasMoved } from './navigation.ts';

/** Why something did not work, and the way on. */
export function FailureNotice({ failure, retry }: { failure: Failure; retry?: () => void }) {
  const { t } = useDesk();
  const { problem } = failure;
  const again = retry && (
    <Button small look="outline" onClick={retry}>
      {t('desk.retry')}
    </Button>
  );
  if (!problem)
    return (
      <Notice tone="danger" title={t('desk.offline')}>
        <p>{t('desk.offlineText')}</p>
        {again}
      </Notice>
    );
  return (
    <Notice tone="danger" title={problem.title}>
      {problem.detail && <p>{problem.detail}</p>}
      {problem.code === 'second-factor-missing' && (
        <ButtonLink small look="outline" href={to('settings')}>
          {t('desk.account')}
        </ButtonLink>
      )}
      {problem.status === 401 ? (
        <ButtonLink small look="outline" href={signInThen(location.pathname + location.search)}>
          {t('nav.signIn')}
        </ButtonLink>
      ) : (
        problem.status >= 500 && again
      )}
      {problem.status >= 500 && problem.instance && (
        <p class="faint">{t('desk.reference', { id: problem.instance })}</p>
      )}
    </Notice>
  );
}

/** What was loaded, or that it is on its way, or why it is not there. */
export function Shown<T>({
  of,
  children,
}: {
  of: Loaded<T>;
  children: (value: NonNullable<T>) => ComponentChildren;
}) {
  const { t } = useDesk();
  const { value, failure, refresh } = of;
  if (value === null || value === undefined)
    return failure ? (
      <FailureNotice failure={failure} retry={() => void refresh()} />
    ) : (
      <output class="loading">{t('desk.loading')}</output>
    );
  return (
    <>
      {failure &&
        (failure.problem ? <FailureNotice failure={failure} /> : <Notice>{t('desk.stale')}</Notice>)}
      {children(value)}
    </>
  );
}

/** A page's heading: where it stands, its one `h1` (which takes the focus when the page is opened), and what can be done. */
export function Heading({
  title,
  trail = [],
  lang,
  children,
}: {
  title: string;
  trail?: { href: string; name: string }[];
  lang?: string;
  children?: ComponentChildren;
}) {
  const { t } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('desk.name')} · ${t('site.name')}`;
  }, [title]);
  useEffect(() => {
    if (hasMoved()) heading.current?.focus();
  }, []);
  return (
    <header class="heading">
      {trail.length > 0 && (
        <nav class="trail" aria-label={t('desk.breadcrumb')}>
          <ol>
            {trail.map(({ href, name }) => (
              <li key={href}>
                <a href={href}>{name}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div class="heading__row">
        <h1 ref={heading} tabIndex={-1} {...(lang ? { lang } : {})}>
          {title}
        </h1>
        {children && <div class="heading__do">{children}</div>}
      </div>
    </header>
  );
}

/** A section with a heading of its own. */
export function Section({
  title,
  children,
  aside,
}: {
  title: string;
  children: ComponentChildren;
  aside?: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class="section" aria-labelledby={id}>
      <div class="section__head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** An empty list says what to do next. */
export const Empty = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <div class="blank">
    <p class="blank__title">{title}</p>
    {children}
  </div>
);

export type Tone = 'quiet' | 'busy' | 'good' | 'warning' | 'danger';
/** A state in a word; the colour only repeats it. */
export const State = ({ tone, children }: { tone: Tone; children: ComponentChildren }) => (
  <span class={`state state--${tone}`}>{children}</span>
);

/** A native progress bar with its name and, beside it, its share in words. */
export function Progress({ label, share, quiet }: { label: string; share: number; quiet?: boolean }) {
  const { format } = useDesk();
  return (
    <span class="meter">
      <progress class="progress" max={1} value={share} aria-label={label} />
      {!quiet && <span class="meter__share">{format.percent(share)}</span>}
    </span>
  );
}

/** Asks before something that cannot be undone. Native: Escape closes it, the focus comes back by itself. */
export function Confirm({
  title,
  text,
  yes,
  no,
  onYes,
  onClose,
}: {
  title: string;
  text: string;
  yes: string;
  no: string;
  onYes: () => void;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="confirm"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={() => {
        if (dialog.current?.returnValue === 'yes') onYes();
        onClose();
      }}
    >
      <form method="dialog">
        <h2 id={`${id}-title`}>{title}</h2>
        <p id={`${id}-text`}>{text}</p>
        <div class="confirm__do">
          <Button type="submit" value="no" look="outline" autofocus>
            {no}
          </Button>
          <Button type="submit" value="yes" look="danger">
            {yes}
          </Button>
        </div>
      </form>
    </dialog>
  );
}

/** Says each new text once to screen readers, after what they are saying now. */
export function Heard({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(text), [text]); // a region that appears with its text is not read out
  return <output class="only-heard">{said}</output>;
}
