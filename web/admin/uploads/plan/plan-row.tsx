import { useId } from 'preact/hooks';
import { audioRoles, subtitleRoles } from '../../../../schema/ladder.ts';
import { Button } from '../../../ui/button.tsx';
import { useDesk } from '../../desk.ts';
import { State } from '../../parts.tsx';
import { useSay } from '../words.ts';
import type { Line, Said, Trouble, Use } from './rows.ts';

/** What a file may be taken for: its ending has a say in it. A video can be a dub's carrier, too. */
const uses: Record<Line['row']['read']['kind'], readonly Use[]> = {
  video: ['video', 'audio', 'subtitles', 'skip'],
  audio: ['audio', 'skip'],
  subtitles: ['subtitles', 'skip'],
  other: ['skip'],
};

/** One file: what it is, where it goes, and what is wrong or worth knowing. */
export function PlanRow({
  line,
  title,
  quiet,
  onSay,
}: {
  line: Line;
  title: object | null;
  /** Its title is being looked for: what is wrong is not known yet. */
  quiet: boolean;
  onSay: (said: Said) => void;
}) {
  const { t, format } = useDesk();
  const say = useSay();
  const id = useId();
  const { row, use, season, number, language, role, troubles, notes } = line;
  const wrong = (...ones: Trouble[]) =>
    ones.some((one) => troubles.includes(one))
      ? { 'aria-invalid': 'true' as const, 'aria-describedby': id }
      : {};
  const of = { file: row.file.name };
  const skipped = use === 'skip';
  const roles = use === 'audio' ? audioRoles : subtitleRoles;
  const count = (value: string, field: 'season' | 'number') => (
    <input
      class="plan__number"
      inputMode="numeric"
      size={4}
      aria-label={say(field === 'season' ? 'plan.seasonOf' : 'plan.episodeOf', of)}
      value={value}
      disabled={skipped || !title}
      onInput={({ currentTarget }) => onSay({ [field]: currentTarget.value })}
      {...wrong('place', 'unsure', 'clash')}
    />
  );
  return (
    <tr class={skipped ? 'plan__skipped' : undefined}>
      <th scope="row" class="break">
        {row.file.name} <span class="faint small">{format.bytes(row.file.size)}</span>
      </th>
      <td>
        <select
          aria-label={say('plan.useOf', of)}
          value={use}
          onChange={({ currentTarget: { value } }) => {
            const chosen = uses[row.read.kind].find((one) => one === value);
            if (chosen) onSay({ use: chosen });
          }}
        >
          {uses[row.read.kind].map((one) => (
            <option key={one} value={one}>
              {say(`use.${one}`)}
            </option>
          ))}
        </select>
      </td>
      <td>{count(season, 'season')}</td>
      <td>{count(number, 'number')}</td>
      <td>
        {(use === 'audio' || use === 'subtitles') && (
          <span class="plan__track">
            <input
              class="plan__language"
              size={6}
              aria-label={say('plan.languageOf', of)}
              placeholder={say('plan.language')}
              value={language}
              onInput={({ currentTarget }) => onSay({ language: currentTarget.value.trim() })}
              {...wrong('language', 'twice')}
            />
            <select
              aria-label={say('plan.roleOf', of)}
              value={role}
              onChange={({ currentTarget }) => onSay({ role: currentTarget.value })}
            >
              {roles.map((known) => (
                <option key={known} value={known}>
                  {t(`role.${known}`)}
                </option>
              ))}
            </select>
          </span>
        )}
      </td>
      <td id={id}>
        {(quiet ? [] : troubles).map((one) => (
          <p key={one} class="plan__word">
            <State tone={one === 'unsure' ? 'warning' : 'danger'}>{say(`trouble.${one}`)}</State>{' '}
            {one === 'unsure' && (
              <Button small look="outline" onClick={() => onSay({ sure: true })}>
                {say('plan.right')} <span class="only-heard">{row.file.name}</span>
              </Button>
            )}
          </p>
        ))}
        {notes.map((one) => (
          <p key={one} class="plan__word faint small">
            {say(`note.${one}`)}
          </p>
        ))}
        {troubles.length === 0 && notes.length === 0 && !skipped && (
          <State tone="good">{say('plan.ready')}</State>
        )}
      </td>
    </tr>
  );
}
