import { Alert, Button, Input, Segmented } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isProblem } from '../../api/problem';
import { Field } from '../../app/Field';
import { Fault } from '../Reading';
import { BandsEditor } from './BandsEditor';
import { type Draft, inBands, inJson, readDraft } from './draft';
import { JsonEditor } from './JsonEditor';
import { refusedFaults } from './pack-faults';
import { packsOf, useEditPacks } from './use-rule-packs';

/** The next version while it is edited: by its bands, or whole as JSON. */
export const EditPacks = ({ base }: { readonly base: unknown }) => {
  const { t } = useTranslation('packs');
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(() => inBands(packsOf(base)) ?? inJson(base));
  const [note, setNote] = useState('');
  const saving = useEditPacks();
  const read = readDraft(draft);
  const refused = isProblem(saving.error, 'VALIDATION_FAILED')
    ? refusedFaults(saving.error.detail['paths'], read.faults)
    : [];
  const faults = [...read.faults, ...refused];
  const unchanged = JSON.stringify(read.content) === JSON.stringify(base);
  const ready = faults.length === 0 && !read.broken && !unchanged && note.trim() !== '';
  const change = (next: Draft): void => {
    saving.reset();
    setDraft(next);
  };
  const turn = (mode: Draft['mode']): void => {
    const next = mode === 'json' ? inJson(read.content) : inBands(packsOf(read.content));
    if (next) change(next);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready || saving.isPending) return;
    const sent = { note: note.trim(), content: read.content };
    saving.mutate(sent, { onSuccess: ({ id }) => void navigate(`/admin/rule-packs/${id}`) });
  };
  return (
    <form className="admin-form" onSubmit={onSubmit}>
      <Segmented<Draft['mode']>
        aria-label={t('editor')}
        options={(['bands', 'json'] as const).map((value) => ({
          value,
          label: t(`editors.${value}`),
          disabled: value !== draft.mode && (faults.length > 0 || read.broken),
        }))}
        value={draft.mode}
        onChange={turn}
      />
      {draft.mode === 'bands' ? (
        <BandsEditor packs={draft.packs} faults={faults} onChange={(packs) => change({ mode: 'bands', packs })} />
      ) : (
        <JsonEditor text={draft.text} read={read} faults={faults} onChange={(text) => change({ mode: 'json', text })} />
      )}
      <Field label={t('note')} hint={t('noteHint')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      {faults.length > 0 && <Alert type="error" showIcon role="alert" title={t('faultCount', { n: faults.length })} />}
      {refused.length === 0 && <Fault thrown={saving.error} />}
      <div className="admin-actions">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={saving.isPending}>
          {t('save')}
        </Button>
        <span className="quiet">{unchanged ? t('unchanged') : t('saveMeans')}</span>
      </div>
    </form>
  );
};
