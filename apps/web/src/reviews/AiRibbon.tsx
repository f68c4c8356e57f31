import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';
import { isLate } from './steps';

/** Why there is no draft to see. */
const reasonFor = ({ mode, rollout, draftFailedCode, judgement, gate }: Review): string => {
  if (rollout !== 'draft') return 'off';
  if (draftFailedCode !== null) return 'failed';
  if (mode === 'manual') return 'late';
  return judgement === null && gate.mode === 'independent_first' ? 'afterYours' : 'coming';
};

/** Says what of this is the model's, and what it knew; in manual mode, that nothing is. Never hidden. */
export const AiRibbon = ({ review }: { readonly review: Review }) => {
  const { t } = useTranslation('reviews');
  const { draft } = review;
  if (draft === null) return <div className="ai-ribbon">{t(`ai.${reasonFor(review)}`)}</div>;
  return <Label review={review} draft={draft} />;
};

const Label = ({ review, draft }: { readonly review: Review; readonly draft: NonNullable<Review['draft']> }) => {
  const { t } = useTranslation('reviews');
  const { dateTime } = useFormats();
  const basis = review.facts.find(({ factId }) => factId === draft.basedOnFact);
  const stale = review.staleFacts.length;
  const newer = review.newerFacts.length;
  const made = { model: draft.model ?? '—', prompt: draft.promptId ?? '—', version: draft.promptVersion ?? '—' };
  return (
    <div className={stale > 0 ? 'ai-ribbon ai-drafted stale' : 'ai-ribbon ai-drafted'}>
      <b>{t('ai.label')}</b>
      {draft.rehearsal && <b>{t('ai.rehearsal')}</b>}
      <span>{t('ai.by', made)}</span>
      <span>{t('ai.at', { at: dateTime(draft.createdAt), version: draft.version })}</span>
      {basis && <span>{t('ai.asOf', { at: dateTime(basis.effectiveAt) })}</span>}
      {isLate(review) && <b>{t('ai.offered')}</b>}
      {stale > 0 && <b>{t('ai.stale', { count: stale })}</b>}
      {newer > 0 && <span>{t('ai.newer', { count: newer })}</span>}
      {draft.suspicions.map((suspicion) => (
        <b key={suspicion}>{t(`suspicions.${suspicion}`, { defaultValue: t('suspicions.other') })}</b>
      ))}
    </div>
  );
};
