import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { InferInput } from 'valibot';
import { presets, type EncodeSettings } from '../../../../schema/jobs/settings.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, FieldFrame } from '../../../ui/field.tsx';
import { useDesk } from '../../desk.ts';

type Settings = InferInput<typeof EncodeSettings>;

/** Asks how a source is to be encoded once more. What is left as it is stays the platform's choice. */
export function EncodeForm({
  onSend,
  onClose,
}: {
  onSend: (settings: Settings, publishWhenReady: boolean) => void;
  onClose: () => void;
}) {
  const { t } = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [settings, setSettings] = useState<Settings>({});
  const [publish, setPublish] = useState(false);
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
    <dialog ref={dialog} class="confirm" aria-labelledby={id} onClose={onClose}>
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
