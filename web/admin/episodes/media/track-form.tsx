import { useState } from 'preact/hooks';
import type { AssetView } from '../../../../schema/api/media.ts';
import { audioRoles, subtitleRoles } from '../../../../schema/ladder.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, FieldFrame } from '../../../ui/field.tsx';
import { useDesk } from '../../desk.ts';
import type { UploadFor } from '../../uploader/queue.ts';
import { kindOf, languageIn } from './track-file.ts';

/** Puts a dub or a subtitle file in the line of uploads, with what the file itself may not say. */
export function TrackForm({
  asset,
  upload,
  onClose,
}: {
  asset: AssetView;
  upload: UploadFor;
  onClose: () => void;
}) {
  const { t, uploads } = useDesk();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<'audio' | 'subtitles'>('audio');
  const [language, setLanguage] = useState('');
  const [role, setRole] = useState('');
  const [name, setName] = useState('');
  const [delay, setDelay] = useState('0');
  const [replaces, setReplaces] = useState('');
  const roles = kind === 'audio' ? audioRoles : subtitleRoles;
  const take = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setKind(kindOf(chosen.name));
    setRole('');
    setReplaces('');
    setLanguage((before) => languageIn(chosen.name) || before);
  };
  const send = (event: Event) => {
    event.preventDefault();
    if (!file) return;
    const facts = {
      language: language.trim(),
      name: name.trim() || null,
      delay: Number(delay) || 0,
      replaces: replaces || null,
    };
    const track =
      kind === 'audio'
        ? { kind, ...facts, role: audioRoles.find((known) => known === role) ?? 'dub' }
        : { kind, ...facts, role: subtitleRoles.find((known) => known === role) ?? 'full' };
    uploads.add(file, upload, { track });
    onClose();
  };
  return (
    <form class="form track-form" onSubmit={send} aria-label={t('track.add')}>
      <FieldFrame label={t('track.file')} hint={t('track.fileHint')}>
        {(tied) => (
          <input
            {...tied}
            type="file"
            required
            accept="audio/*,video/*,.mka,.mkv,.srt,.vtt,.ass,.ssa"
            onChange={({ currentTarget }) => take(currentTarget.files?.[0])}
          />
        )}
      </FieldFrame>
      <div class="form__grid">
        <FieldFrame label={t('track.kind')}>
          {(tied) => (
            <select
              {...tied}
              value={kind}
              onChange={({ currentTarget }) =>
                setKind(currentTarget.value === 'audio' ? 'audio' : 'subtitles')
              }
            >
              <option value="audio">{t('uploads.track.audio')}</option>
              <option value="subtitles">{t('uploads.track.subtitles')}</option>
            </select>
          )}
        </FieldFrame>
        <Field
          label={t('track.language')}
          hint={t('track.languageHint')}
          required
          pattern="[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
          value={language}
          onInput={({ currentTarget }) => setLanguage(currentTarget.value)}
        />
        <FieldFrame label={t('track.role')}>
          {(tied) => (
            <select
              {...tied}
              value={role || (kind === 'audio' ? 'dub' : 'full')}
              onChange={({ currentTarget }) => setRole(currentTarget.value)}
            >
              {roles.map((known) => (
                <option key={known} value={known}>
                  {t(`role.${known}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <Field
          label={`${t('track.name')} (${t('desk.optional')})`}
          maxLength={80}
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Field
          label={t('track.delay')}
          hint={t('track.delayHint')}
          type="number"
          step="0.001"
          min={-600}
          max={600}
          value={delay}
          onInput={({ currentTarget }) => setDelay(currentTarget.value)}
        />
        <FieldFrame label={t('track.replaces')}>
          {(tied) => (
            <select
              {...tied}
              value={replaces}
              onChange={({ currentTarget }) => setReplaces(currentTarget.value)}
            >
              <option value="">{t('track.replacesNone')}</option>
              {asset[kind].map((track) => (
                <option key={track.id} value={track.id}>
                  {track.name}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
      </div>
      <div class="panel__do">
        <Button type="submit" look="primary" disabled={!file}>
          {t('track.send')}
        </Button>
        <Button look="outline" onClick={onClose}>
          {t('desk.cancel')}
        </Button>
      </div>
    </form>
  );
}
