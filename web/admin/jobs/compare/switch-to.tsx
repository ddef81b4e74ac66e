import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { AdminEpisode } from '../../../../schema/api/editing.ts';
import type { AssetView } from '../../../../schema/api/media.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { useConfirm } from '../../confirm.tsx';
import { useDesk } from '../../desk.ts';
import type { Failure } from '../../fresh-hook.ts';
import { fromLocal, toLocal } from '../../local-time.ts';
import { FailureNotice, State } from '../../parts.tsx';
import { useToasts } from '../../toasts.tsx';
import { publish } from '../calls.ts';
import { Override } from '../override.tsx';
import { useSay } from '../words.ts';
import { sides, type Side } from './pair.ts';

type Asking = { asset: AssetView; at: number | null };

/** Gives viewers one of the compared versions: at once, at a time, or the earlier one once more. */
export function SwitchTo({
  versions,
  chosen,
  episode,
  onDone,
}: {
  versions: readonly AssetView[];
  chosen: Record<Side, AssetView>;
  /** Null while it is on its way. */
  episode: AdminEpisode | null;
  onDone: () => Promise<void>;
}) {
  const { format } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [overriding, setOverriding] = useState<Asking | null>(null);
  const [scheduling, setScheduling] = useState<AssetView | null>(null);
  const shown = versions.find(({ published }) => published);
  const coming = versions.find(({ publishAt }) => publishAt !== null);

  const send = async ({ asset, at }: Asking, reason?: string) => {
    if (!episode) return;
    setBusy(true);
    const { version } = asset;
    const answer = await publish(episode.id, asset.id, {
      revision: episode.revision,
      reason,
      ...(at === null ? {} : { at }),
    });
    setFailure(answer.ok ? null : answer);
    await onDone();
    setBusy(false);
    if (!answer.ok) return;
    const text =
      at === null
        ? say('compare.switched', { version })
        : say('compare.willSwitch', { version, when: format.dateTime(at) });
    toasts.undoable(text, answer, onDone);
  };
  const begin = async (asking: Asking) => {
    const { asset, at } = asking;
    const blocked = asset.warnings.some(({ blocks }) => blocks) && !asset.override;
    if (blocked) return setOverriding(asking);
    const { version } = asset;
    const question = {
      title: say('compare.switchTitle', { version }),
      text: say('compare.switchText'),
      yes: say('compare.switch', { version }),
      look: 'plain',
    } as const;
    if (at !== null || (await confirm(question))) await send(asking);
  };
  return (
    <div class="compare__switch">
      {coming?.publishAt && (
        <p>
          <State tone="busy">
            {say('compare.willSwitch', {
              version: coming.version,
              when: format.dateTime(coming.publishAt),
            })}
          </State>
        </p>
      )}
      <div class="panel__do">
        {sides
          .map((side) => chosen[side])
          .filter(({ published }) => !published)
          .map((asset) => (
            <span key={asset.id} class="panel__do">
              <Button
                look="primary"
                small
                disabled={busy || !episode}
                onClick={() => void begin({ asset, at: null })}
              >
                {say(shown && asset.version < shown.version ? 'compare.goBack' : 'compare.switch', {
                  version: asset.version,
                })}
              </Button>
              <Button look="outline" small disabled={busy || !episode} onClick={() => setScheduling(asset)}>
                {say('compare.schedule')}
              </Button>
            </span>
          ))}
      </div>
      {failure && <FailureNotice failure={failure} />}
      {overriding && (
        <Override
          warnings={overriding.asset.warnings}
          onReason={(reason) => void send(overriding, reason)}
          onClose={() => setOverriding(null)}
        />
      )}
      {scheduling && (
        <Schedule
          version={scheduling.version}
          onTime={(at) => void begin({ asset: scheduling, at })}
          onClose={() => setScheduling(null)}
        />
      )}
    </div>
  );
}

const HOUR = 3_600_000;

function Schedule({
  version,
  onTime,
  onClose,
}: {
  version: number;
  onTime: (at: number) => void;
  onClose: () => void;
}) {
  const { t } = useDesk();
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [when, setWhen] = useState(() => toLocal(Math.ceil(Date.now() / HOUR + 1) * HOUR));
  useEffect(() => dialog.current?.showModal(), []);
  const at = fromLocal(when);
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby={id} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (at !== null) onTime(at);
          dialog.current?.close();
        }}
      >
        <h2 id={id}>{say('compare.scheduleTitle', { version })}</h2>
        <Field
          label={say('compare.when')}
          hint={say('compare.whenHint')}
          type="datetime-local"
          required
          value={when}
          onInput={({ currentTarget }) => setWhen(currentTarget.value)}
        />
        <div class="confirm__do">
          <Button look="outline" onClick={() => dialog.current?.close()}>
            {t('desk.cancel')}
          </Button>
          <Button type="submit" look="primary" disabled={at === null}>
            {say('compare.scheduleYes')}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
