import { useState } from 'preact/hooks';
import type { RecentPlays } from '../../../schema/api/people.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Section } from '../parts.tsx';
import { people as calls } from './calls.ts';
import { useSay } from './words.ts';

/** What was played last: somebody's own affair, shown to support for a reason only. */
export function Plays({ id }: { id: string }) {
  const { format } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const [plays, setPlays] = useState<RecentPlays['items'] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const show = async () => {
    const question = { title: say('plays.sure'), text: say('plays.text'), yes: say('plays.show') };
    const why = await confirm({ ...question, reason: true, look: 'plain' });
    if (!why) return;
    const answer = await calls.plays(id, why.reason);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) setPlays(answer.value.items);
  };
  return (
    <Section title={say('plays.title')}>
      <p class="faint">{say('plays.text')}</p>
      {failure && <FailureNotice failure={failure} />}
      {plays === null ? (
        <div class="form__do">
          <Button look="outline" onClick={() => void show()}>
            {say('plays.show')}
          </Button>
        </div>
      ) : (
        <>
          {plays.length === 0 && <p>{say('plays.none')}</p>}
          <ul class="lines">
            {plays.map(({ title, season, episode, startedAt, minutes, country }) => (
              <li key={`${startedAt} ${title} ${episode}`} class="line">
                <p>
                  {title} S{season} E{episode}{' '}
                  <span class="faint small">
                    {[
                      format.dateTime(startedAt),
                      format.duration(minutes * 60),
                      country && format.country(country),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
