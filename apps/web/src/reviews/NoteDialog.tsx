import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { Field } from '../app/Field';
import { useFormats } from '../i18n/formats';
import { ActDialog } from './ActDialog';
import { type Act, actOf } from './acts';
import { useNow } from './use-now';
import { type Sending } from './use-sending';

/** What a dialog about a review is given. */
export interface ActDialogProps {
  readonly review: Review;
  readonly sending: Sending<Act>;
  readonly onClose: () => void;
}

const NoteField = ({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) => (
  <Field label={label}>
    {(id) => (
      <Input.TextArea
        id={id}
        autoFocus
        rows={3}
        maxLength={500}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

/** Tells the next in the chain, with a note. */
export const EscalateDialog = ({ sending, onClose }: ActDialogProps) => {
  const { t } = useTranslation('reviews');
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title={t('offers.escalate')}
      okText={t('offers.escalate')}
      ready={reason.trim() !== ''}
      sending={sending}
      onOk={() => sending.send(actOf('escalate', { reason: reason.trim() }))}
      onClose={onClose}
    >
      <p>{t('escalateSays')}</p>
      <NoteField label={t('noteRequired')} value={reason} onChange={setReason} />
    </ActDialog>
  );
};

/** Takes the first signature back before the second is given. */
export const WithdrawDialog = ({ review, sending, onClose }: ActDialogProps) => {
  const { t } = useTranslation('reviews');
  const [reason, setReason] = useState('');
  const signatureId = review.signatures[0]?.signatureId ?? '';
  const said = reason.trim();
  return (
    <ActDialog
      title={t('offers.withdraw-signature')}
      okText={t('offers.withdraw-signature')}
      ready={signatureId !== ''}
      sending={sending}
      onOk={() => sending.send(actOf('withdraw-signature', { signatureId, ...(said !== '' && { reason: said }) }))}
      onClose={onClose}
    >
      <p>{t('withdrawSays')}</p>
      <NoteField label={t('noteOptional')} value={reason} onChange={setReason} />
    </ActDialog>
  );
};

const usual = [10, 20, 30, 60, 120] as const;
const longest = 24 * 60;

/** Puts the review off: when it comes back, and why. */
export const DeferDialog = ({ sending, onClose }: ActDialogProps) => {
  const { t } = useTranslation('reviews');
  const { dateTime } = useFormats();
  const [minutes, setMinutes] = useState('');
  const [reason, setReason] = useState('');
  const n = /^\d+$/.test(minutes) ? Number(minutes) : 0;
  const fits = n > 0 && n < longest;
  const now = useNow();
  const after = (ms: number): string => new Date(ms + n * 60_000).toISOString();
  return (
    <ActDialog
      title={t('offers.defer')}
      okText={t('offers.defer')}
      ready={fits && reason.trim() !== ''}
      sending={sending}
      onOk={() => sending.send(actOf('defer', { until: after(Date.now()), reason: reason.trim() }))}
      onClose={onClose}
    >
      <fieldset className="minutes-choice">
        <legend>{t('deferFor')}</legend>
        {usual.map((one) => (
          <label key={one}>
            <input type="radio" name="minutes" checked={n === one} onChange={() => setMinutes(String(one))} />
            {t('dueMinutes', { n: one })}
          </label>
        ))}
        <label>
          {t('otherMinutes')}
          <Input
            inputMode="numeric"
            maxLength={4}
            value={minutes}
            aria-label={t('otherMinutes')}
            onChange={(event) => setMinutes(event.target.value.trim())}
          />
        </label>
      </fieldset>
      <p aria-live="polite">{fits ? t('backAt', { at: dateTime(after(now)) }) : t('deferLimits')}</p>
      <NoteField label={t('noteRequired')} value={reason} onChange={setReason} />
      <p className="quiet">{t('deferSays')}</p>
    </ActDialog>
  );
};
