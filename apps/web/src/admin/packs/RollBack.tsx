import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Field } from '../../app/Field';
import { Fault } from '../Reading';
import { type RulePacks, useRollBack } from './use-rule-packs';

/** Goes back to an earlier version: its content becomes the next version, to be approved like any other. */
export const RollBack = ({ packs }: { readonly packs: RulePacks }) => {
  const { t } = useTranslation('packs');
  const [asking, setAsking] = useState(false);
  return (
    <section className="card" aria-labelledby="roll-back">
      <h2 id="roll-back">{t('rollBack')}</h2>
      <p>{t('rollBackMeans')}</p>
      <div className="admin-actions">
        <Button onClick={() => setAsking(true)}>{t('rollBackTo', { number: packs.number })}</Button>
      </div>
      {asking && <RollBackDialog packs={packs} onClose={() => setAsking(false)} />}
    </section>
  );
};

const RollBackDialog = ({ packs, onClose }: { readonly packs: RulePacks; readonly onClose: () => void }) => {
  const { t } = useTranslation('packs');
  const navigate = useNavigate();
  const [note, setNote] = useState('');
  const going = useRollBack(packs.id);
  const goBack = (): void => {
    if (note.trim() === '' || going.isPending) return;
    going.mutate(note.trim(), { onSuccess: ({ id }) => void navigate(`/admin/rule-packs/${id}`) });
  };
  return (
    <Modal
      open
      title={t('rollBackTo', { number: packs.number })}
      okText={t('rollBackOk')}
      okButtonProps={{ disabled: note.trim() === '', loading: going.isPending }}
      onOk={goBack}
      onCancel={onClose}
    >
      <div className="admin-form">
        <p>{t('rollBackMeans')}</p>
        <Field label={t('rollBackReason')}>
          {(id) => (
            <Input.TextArea
              id={id}
              autoFocus
              rows={3}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <Fault thrown={going.error} />
      </div>
    </Modal>
  );
};
