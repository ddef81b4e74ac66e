import { useState } from 'preact/hooks';
import type { TakedownNoticeDetail } from '../../../schema/api/moderation.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure, type Loaded } from '../fresh-hook.ts';
import { FailureNotice, Heading, Section, Shown, State } from '../parts.tsx';
import { at } from '../places.ts';
import { useToasts } from '../toasts.tsx';
import { notices as calls } from './calls.ts';
import { tones } from './notices.tsx';
import { useSay } from './words.ts';

type Notice = TakedownNoticeDetail;

/** One notice: what it says, what it names, and its answer. */
export function NoticePage({ id }: { id: Id<'notice'> }) {
  const say = useSay();
  const notice = useFresh(`notice ${id}`, () => calls.read(id));
  const trail = [{ href: at('moderation'), name: say('notices.title') }];
  return (
    <>
      <Heading title={say('notice.title', { id })} trail={trail} />
      <Shown of={notice}>
        {(value) => (
          <>
            <p>
              <State tone={tones[value.state]}>{say(`state.${value.state}`)}</State>
            </p>
            <p class="notice-work">{value.work}</p>
            <Sender notice={value} />
            <Answering key={value.state} notice={value} loaded={notice} />
          </>
        )}
      </Shown>
    </>
  );
}

function Sender({ notice }: { notice: Notice }) {
  const { format } = useDesk();
  const say = useSay();
  const facts = [
    ['notice.name', notice.name],
    ['notice.onBehalfOf', notice.onBehalfOf],
    ['notice.email', notice.email],
    ['notice.postalAddress', notice.postalAddress],
    ['notice.telephone', notice.telephone],
    ['notice.signature', notice.signature],
    ['notice.receivedAt', format.dateTime(notice.createdAt)],
  ] as const;
  const mail = `mailto:${encodeURIComponent(notice.email)}?subject=${encodeURIComponent(say('notice.subject', { id: notice.id }))}`;
  return (
    <Section
      title={say('notice.who')}
      aside={
        <ButtonLink small look="outline" href={mail}>
          {say('notice.write', { name: notice.name })}
        </ButtonLink>
      }
    >
      <dl class="facts">
        {facts.map(([word, value]) =>
          value ? (
            <div key={word}>
              <dt>{say(word)}</dt>
              <dd class="break">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </Section>
  );
}

const keyOf = ({ titleId, episodeId }: Notice['named'][number]) => episodeId ?? titleId;

function Answering({ notice, loaded }: { notice: Notice; loaded: Loaded<Notice> }) {
  const { format } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const isOpen = notice.state === 'received';
  const [chosen, setChosen] = useState(() =>
    notice.named.filter(({ takenDownAt }) => takenDownAt === null).map(keyOf),
  );
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const targets = notice.named.filter((one) => chosen.includes(keyOf(one)));
  const nameOf = ({ titleName, episode }: Notice['named'][number]) =>
    `${titleName}, ${episode === null ? say('notice.whole') : say('notice.episode', { episode })}`;
  const answer = async (send: () => ReturnType<typeof calls.read>, done: string) => {
    setBusy(true);
    const answered = await send();
    setBusy(false);
    setFailure(answered.ok ? null : answered);
    if (!answered.ok) return;
    loaded.put(answered.value);
    toasts.say({ text: done, tone: 'good' });
  };
  const act = async () => {
    const confirmed = await confirm({
      title: say('notice.actTitle', { count: targets.length }),
      text: say('notice.actText', { names: format.list(targets.map(nameOf)), email: notice.email }),
      yes: say('notice.act'),
      reason: true,
    });
    if (!confirmed) return;
    const json = {
      reason: confirmed.reason,
      targets: targets.map(({ titleId, episodeId }) => ({ titleId, episodeId })),
    };
    await answer(() => calls.act(notice.id, json), say('notice.acted'));
  };
  const reject = async () => {
    const confirmed = await confirm({
      title: say('notice.rejectTitle'),
      text: say('notice.rejectText', { email: notice.email }),
      yes: say('notice.reject'),
      reason: true,
    });
    if (confirmed) await answer(() => calls.reject(notice.id, confirmed.reason), say('notice.rejected'));
  };
  return (
    <>
      <Section title={say('notice.named')}>
        {isOpen && <p class="faint">{say('notice.namedText')}</p>}
        <ul class="licences">
          {notice.named.map((one) => (
            <li key={keyOf(one)} class="licence">
              <label class="tick">
                {isOpen && (
                  <input
                    type="checkbox"
                    checked={chosen.includes(keyOf(one))}
                    onChange={({ currentTarget: { checked } }) =>
                      setChosen(
                        checked ? [...chosen, keyOf(one)] : chosen.filter((key) => key !== keyOf(one)),
                      )
                    }
                  />
                )}
                <span>{nameOf(one)}</span>
              </label>
              <span class="licence__links">
                {one.takenDownAt !== null && (
                  <State tone="danger">
                    {say('notice.down', { when: format.dateTime(one.takenDownAt) })}
                  </State>
                )}
                <a href={one.address}>{one.address}</a>
              </span>
            </li>
          ))}
        </ul>
        <Others notice={notice} />
      </Section>
      <Section title={say('notice.answer')}>
        {failure && <FailureNotice failure={failure} />}
        {isOpen ? (
          <div class="form__do">
            <Button look="danger" disabled={busy || targets.length === 0} onClick={() => void act()}>
              {say('notice.act')}
            </Button>
            <Button look="outline" disabled={busy} onClick={() => void reject()}>
              {say('notice.reject')}
            </Button>
          </div>
        ) : (
          <>
            <p>{notice.answer}</p>
            {notice.answeredAt !== null && (
              <p class="faint small">
                {say('notice.answered', { when: format.dateTime(notice.answeredAt) })}
              </p>
            )}
          </>
        )}
      </Section>
    </>
  );
}

function Others({ notice }: { notice: Notice }) {
  const say = useSay();
  const known = new Set(notice.named.map(({ address }) => address));
  const others = notice.addresses.filter((address) => !known.has(address));
  if (others.length === 0) return null;
  return (
    <>
      <p>{say('notice.other')}</p>
      <ul class="notes">
        {others.map((address) => (
          <li key={address}>
            <a class="break" href={address}>
              {address}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
