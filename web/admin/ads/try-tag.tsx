import { useEffect, useState } from 'preact/hooks';
import { CREATIVE_SECONDS, type TagTried } from '../../../schema/api/ads.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Heard } from '../parts.tsx';
import { campaigns } from './calls.ts';
import { useSay } from './words.ts';

/** Asks a tag what it gives now, before anything hangs on it. What was said of one tag is not said of the next. */
export function TryTag({ tag }: { tag: string }) {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState<{ tag: string; answer: TagTried } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => setFailure(null), [tag]);
  const ask = async () => {
    setBusy(true);
    const answer = await campaigns.tryTag(tag);
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    setTried(answer.ok ? { tag, answer: answer.value } : null);
  };
  return (
    <section class="campaign__try" aria-busy={busy}>
      <p class="campaign__try-do">
        <Button disabled={busy || tag === ''} onClick={() => void ask()}>
          {busy ? say('try.busy') : say('try.do')}
        </Button>
        <span class="field__hint">{say('try.text')}</span>
      </p>
      {failure && <FailureNotice failure={failure} />}
      {tried?.tag === tag && <Found tried={tried.answer} />}
    </section>
  );
}

function Found({ tried: { adverts, shown, problems, followed } }: { tried: TagTried }) {
  const { format } = useDesk();
  const say = useSay();
  const first = shown === null ? null : adverts[shown]!;
  const word = first
    ? say('try.good', {
        title: first.title ?? say('try.unnamed'),
        duration: format.duration(first.seconds ?? 0),
      })
    : say('try.none');
  return (
    <>
      <Heard text={word} />
      {first ? <p>{word}</p> : <Notice tone="warning" title={word} />}
      {problems.length > 0 && (
        <>
          <h3>{say('try.problems')}</h3>
          <ul>
            {problems.map(({ code, at }, i) => (
              <li key={i}>
                {at && <span class="campaign__address">{at}: </span>}
                {say(`tag.${code}`, { seconds: CREATIVE_SECONDS })}
              </li>
            ))}
          </ul>
        </>
      )}
      {adverts.length > 0 && (
        <>
          <h3>{say('try.adverts')}</h3>
          {adverts.map(({ title, advertiser, seconds, files }, i) => (
            <Files
              key={i}
              name={[title ?? say('try.unnamed'), advertiser, seconds && format.duration(seconds)]
                .filter(Boolean)
                .join(' · ')}
              files={files}
            />
          ))}
        </>
      )}
      {followed.length > 0 && (
        <details class="more">
          <summary>{say('try.wrapped')}</summary>
          <ol>
            {followed.map((address, i) => (
              <li key={i} class="campaign__address">
                {address}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function Files({ name, files }: { name: string; files: TagTried['adverts'][number]['files'] }) {
  const say = useSay();
  return (
    <details class="more">
      <summary>{name}</summary>
      <table class="table campaign__files" aria-label={`${say('try.files')}: ${name}`}>
        <thead>
          <tr>
            <th scope="col">{say('try.file')}</th>
            <th scope="col">{say('try.type')}</th>
            <th scope="col">{say('try.size')}</th>
            <th scope="col">{say('try.fits')}</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ url, type, width, height, fault }, i) => (
            <tr key={i}>
              <td class="campaign__address">{url}</td>
              <td>{type}</td>
              <td>{width && height && `${width} × ${height}`}</td>
              <td>{fault ? say(`file.${fault}`) : say('try.yes')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
