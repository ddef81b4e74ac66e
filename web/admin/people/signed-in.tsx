import { useState } from 'preact/hooks';
import type { Device } from '../../../schema/api/accounts.ts';
import type { Account } from '../../../schema/api/people.ts';
import type { LiveStream } from '../../../schema/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Section } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { people as calls, streams } from './calls.ts';
import { useSay } from './words.ts';

type Part = { of: Account; onDone: () => void };

/** What plays on the account now. */
export function Playing({ of, onDone }: Part) {
  const { format, visit } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const end = async ({ sessionId, title }: LiveStream) => {
    const why = await confirm({
      title: say('streams.endSure', { title }),
      text: say('streams.endText'),
      yes: say('streams.end'),
      reason: true,
    });
    if (!why) return;
    const answer = await streams.end(of.id, sessionId, why.reason);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) toasts.say({ text: say('streams.ended', { title }), tone: 'good' });
    onDone();
  };
  return (
    <Section title={say('playing.title')}>
      {failure && <FailureNotice failure={failure} />}
      {of.streams === null && <Notice>{say('playing.unknown')}</Notice>}
      {of.streams?.length === 0 && <p class="faint">{say('playing.none')}</p>}
      <ul class="lines">
        {of.streams?.map((stream) => (
          <li key={stream.sessionId} class="line">
            <p>
              {stream.title}{' '}
              <span class="faint small">
                {stream.device} · {say('playing.since', { when: format.ago(stream.startedAt, visit.now) })}
              </span>
            </p>
            <Button small look="plain" onClick={() => void end(stream)}>
              {say('streams.end')}
              <span class="only-heard">: {stream.title}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Where somebody is signed in. */
export function Devices({ of, onDone }: Part) {
  const { format } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const nameOf = ({ browser, os }: Device) =>
    browser && os ? say('devices.on', { browser, os }) : (browser ?? os ?? say('devices.unknown'));
  const done = (answer: Awaited<ReturnType<typeof calls.signOutAll>>, said: string) => {
    setFailure(answer.ok ? null : answer);
    if (answer.ok) toasts.say({ text: said, tone: 'good' });
    onDone();
  };
  const one = async (device: Device) => {
    const name = nameOf(device);
    if (
      await confirm({
        title: say('devices.sure', { name }),
        text: say('devices.text'),
        yes: say('devices.out'),
      })
    )
      done(await calls.signOut(of.id, device.id), say('devices.isOut', { name }));
  };
  const all = async () => {
    if (
      await confirm({ title: say('devices.sureAll'), text: say('devices.text'), yes: say('devices.outAll') })
    )
      done(await calls.signOutAll(of.id), say('devices.allOut'));
  };
  return (
    <Section
      title={say('devices.title')}
      aside={
        of.devices.length > 0 && (
          <Button small look="outline" onClick={() => void all()}>
            {say('devices.outAll')}
          </Button>
        )
      }
    >
      {failure && <FailureNotice failure={failure} />}
      {of.devices.length === 0 && <p class="faint">{say('devices.none')}</p>}
      <ul class="lines">
        {of.devices.map((device) => (
          <li key={device.id} class="line">
            <p>
              {nameOf(device)}{' '}
              <span class="faint small">
                {[
                  [device.city, device.country && format.country(device.country)].filter(Boolean).join(', '),
                  say('devices.since', { when: format.dateTime(device.signedInAt) }),
                  say('devices.seen', { when: format.dateTime(device.lastSeenAt) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </p>
            <Button small look="plain" onClick={() => void one(device)}>
              {say('devices.out')}
              <span class="only-heard">: {nameOf(device)}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
