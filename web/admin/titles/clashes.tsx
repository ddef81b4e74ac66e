import { Notice } from '../../ui/notice.tsx';
import { Heard } from '../parts.tsx';
import type { Clash } from '../merge.ts';
import { useSay } from './words.ts';

/** Two people changed the same: what it was, what they made of it, what I did, and whose is to stand. */
export function Clashes({
  clashes,
  takenOver,
  choices,
  choose,
  labelOf,
  showValue = (_, value) => value,
}: {
  clashes: readonly Clash[];
  /** Fields that only they changed. */
  takenOver: readonly string[];
  choices: Readonly<Record<string, 'mine' | 'theirs'>>;
  choose: (name: string, whose: 'mine' | 'theirs') => void;
  labelOf: (name: string) => string;
  /** As the form shows a value: the words of a select's options. */
  showValue?: (name: string, value: string) => string;
}) {
  const say = useSay();
  const others = takenOver.map(labelOf).join(', ');
  if (clashes.length === 0) return others ? <Notice>{say('clash.merged', { fields: others })}</Notice> : null;
  const choice = (clash: Clash, whose: 'mine' | 'theirs') => (
    <label class="clashes__choice">
      <input
        type="radio"
        name={`clash ${clash.name}`}
        checked={choices[clash.name] === whose}
        onChange={() => choose(clash.name, whose)}
      />
      <span>
        <b>{say(`clash.${whose}`)}</b>
        <Value of={showValue(clash.name, clash[whose])} />
      </span>
    </label>
  );
  return (
    <Notice tone="warning" title={say('clash.title')}>
      <Heard text={say('clash.title')} />
      <p>{say('clash.text')}</p>
      <div class="clashes">
        {clashes.map((clash) => (
          <fieldset key={clash.name}>
            <legend>{labelOf(clash.name)}</legend>
            {choice(clash, 'theirs')}
            {choice(clash, 'mine')}
            <p class="small faint clashes__before">
              {say('clash.before')} <Value of={showValue(clash.name, clash.before)} />
            </p>
          </fieldset>
        ))}
      </div>
      {others && <p>{say('clash.merged', { fields: others })}</p>}
    </Notice>
  );
}

function Value({ of: value }: { of: string }) {
  const say = useSay();
  return <span class="clashes__value">{value || say('clash.empty')}</span>;
}
