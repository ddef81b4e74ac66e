import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { safeParse, type InferInput } from 'valibot';
import type { AssetView } from '../../../../schema/api/media.ts';
import { defaultSettings, EncodeSettings, presets } from '../../../../schema/jobs/settings.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, FieldFrame } from '../../../ui/field.tsx';
import { jobs } from '../../calls.ts';
import { useDesk } from '../../desk.ts';
import { useFresh } from '../../fresh-hook.ts';
import { WhatChanges } from './what-changes.tsx';

type Settings = InferInput<typeof EncodeSettings>;

/** What is typed so far; what is not a setting yet counts as not chosen. */
const whole = (settings: Settings): EncodeSettings => {
  const { success, output } = safeParse(EncodeSettings, settings);
  return success ? output : defaultSettings;
};

/** Asks how a source is to be encoded once more. What is left as it is stays the platform's choice. */
export function EncodeForm({
  asset,
  onSend,
  onClose,
}: {
  asset: AssetView;
  onSend: (settings: Settings, publishWhenReady: boolean) => void;
  onClose: () => void;
}) {
  const { t } = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [settings, setSettings] = useState<Settings>({});
  const [publish, setPublish] = useState(false);
  const job = useFresh(`made ${asset.jobId}`, () =>
    asset.jobId ? jobs.read(asset.jobId) : Promise.resolve({ ok: false, problem: null, offline: true }),
  );
  const set = (change: Settings) => setSettings((before) => ({ ...before, ...change }));
  useEffect(() => dialog.current?.showModal(), []);
  const tick = (checked: boolean, label: string, onTick: (ticked: boolean) => void) => (
    <label class="tick">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onTick(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
  return (
    <dialog ref={dialog} class="confirm confirm--wide" aria-labelledby={id} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSend(settings, publish);
          dialog.current?.close();
        }}
      >
        <h2 id={id}>{t('encode.title')}</h2>
        <p class="faint">{t('encode.text')}</p>
        <Field
          label={t('encode.crf')}
          hint={t('encode.crfHint')}
          type="number"
          min={14}
          max={34}
          placeholder="22"
          onInput={({ currentTarget: { value } }) => set({ crf: value ? Number(value) : undefined })}
        />
        <FieldFrame label={t('encode.preset')} hint={t('encode.presetHint')}>
          {(tied) => (
            <select
              {...tied}
              onChange={({ currentTarget: { value } }) =>
                set({ preset: presets.find((known) => known === value) ?? null })
              }
            >
              <option value="">{t('encode.presetOwn')}</option>
              {presets.map((preset) => (
                <option key={preset} value={preset}>
                  {preset}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <Field
          label={t('encode.maxHeight')}
          hint={t('encode.maxHeightHint')}
          type="number"
          min={144}
          max={4320}
          onInput={({ currentTarget: { value } }) => set({ maxHeight: value ? Number(value) : null })}
        />
        {tick(settings.ladder === 'all', t('encode.all'), (all) => set({ ladder: all ? 'all' : 'auto' }))}
        {tick(settings.av1 ?? false, t('encode.av1'), (av1) => set({ av1 }))}
        {tick(settings.encryption === 'none', t('encode.clear'), (clear) =>
          set({ encryption: clear ? 'none' : 'aes-128' }),
        )}
        {tick(publish, t('uploads.publish'), setPublish)}
        <WhatChanges asset={asset} job={job.value} after={whole(settings)} publish={publish} />
        <div class="confirm__do">
          <Button look="outline" onClick={() => dialog.current?.close()}>
            {t('desk.cancel')}
          </Button>
          <Button type="submit" look="primary">
            {t('encode.yes')}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
