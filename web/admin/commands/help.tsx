import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { roomsOf } from '../rooms.ts';
import { letters, singleKeys } from './keys.ts';
import { saying, useSay } from './words.ts';

/** All keys of the dashboard, and the switch for those without Ctrl. */
function Help({ close }: { close: () => void }) {
  const { t, visit } = useDesk();
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  const [single, setSingle] = useState(singleKeys.on);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const [or, then] = [say('keys.or'), say('keys.then')];
  return (
    <dialog ref={dialog} class="confirm keys" aria-labelledby="keys-title" onClose={close}>
      <form method="dialog">
        <h2 id="keys-title">{say('keys.title')}</h2>
        <h3>{say('keys.anywhere')}</h3>
        <dl>
          <Row name={say('keys.palette')}>
            <kbd>Ctrl + K</kbd>
            {` ${or} `}
            <kbd>⌘ + K</kbd>
          </Row>
          <Row name={say('keys.toasts')}>
            <kbd>F8</kbd>
          </Row>
          {single && (
            <>
              <Row name={say('keys.help')}>
                <kbd>?</kbd>
              </Row>
              <Row name={say('keys.search')}>
                <kbd>/</kbd>
              </Row>
              {roomsOf(visit.me?.role).map(({ name }) => {
                const letter = letters[name];
                return (
                  letter && (
                    <Row key={name} name={say('keys.go', { room: t(`room.${name}`) })}>
                      <kbd>g</kbd>
                      {` ${then} `}
                      <kbd>{letter}</kbd>
                    </Row>
                  )
                );
              })}
            </>
          )}
        </dl>
        <h3>{say('keys.lists')}</h3>
        <dl>
          <Row name={say('keys.rows')}>
            <kbd>j</kbd>
            {` ${or} `}
            <kbd>↓</kbd>
            {', '}
            <kbd>k</kbd>
            {` ${or} `}
            <kbd>↑</kbd>
          </Row>
          <Row name={say('keys.ends')}>
            <kbd>Home</kbd>
            {', '}
            <kbd>End</kbd>
          </Row>
          <Row name={say('keys.choose')}>
            <kbd>x</kbd>
          </Row>
          <Row name={say('keys.range')}>
            <kbd>Shift + x</kbd>
          </Row>
        </dl>
        <label class="tick">
          <input
            type="checkbox"
            checked={single}
            onChange={({ currentTarget: { checked } }) => {
              singleKeys.set(checked);
              setSingle(checked);
            }}
          />
          <span>
            {say('keys.single')} <span class="faint small">{say('keys.singleHint')}</span>
          </span>
        </label>
        <div class="confirm__do">
          <Button type="submit" look="outline" autofocus>
            {say('keys.close')}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
export const help = saying(Help);

const Row = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div class="keys__row">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
