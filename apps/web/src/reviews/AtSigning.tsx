import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';
import { useSession } from '../session/session';
import { OwnFigures } from './OwnFigures';
import { type Safety } from './use-autosave';

/** What a person sees at the moment of signing: as whom, what it began as, how current it is, and whether it is kept. */
export const AtSigning = ({
  review,
  fromDraft,
  safety,
}: {
  readonly review: Review;
  /** Whether what is signed was written with the draft open. */
  readonly fromDraft: boolean;
  readonly safety: Safety;
}) => {
  const { t } = useTranslation(['reviews', 'person']);
  const { dateTime, time } = useFormats();
  const { user } = useSession();
  const { draft, actingAs, facts, newerFacts, staleFacts } = review;
  const basis = facts.find(({ factId }) => factId === draft?.basedOnFact) ?? facts.at(-1);
  const newer = facts.filter(({ factId }) => newerFacts.includes(factId));
  return (
    <dl className="at-signing">
      <div>
        <dt>{t('signer')}</dt>
        <dd>
          {user.name}
          {actingAs && `（${t(`person:roles.${actingAs}`)}）`}
        </dd>
      </div>
      <div>
        <dt>{t('origin')}</dt>
        <dd>
          {draft === null || !fromDraft
            ? t('originHand')
            : t('originDraft', {
                version: draft.version,
                model: draft.model ?? '—',
                prompt: draft.promptVersion ?? '—',
              })}
        </dd>
      </div>
      <div>
        <dt>{t('dataAsOf')}</dt>
        <dd>
          {basis ? dateTime(basis.effectiveAt) : '—'}
          {staleFacts.length > 0 && <b className="over"> {t('staleSince', { count: staleFacts.length })}</b>}
          {newer.length > 0 && (
            <span>
              {' '}
              {t('newerSince', { count: newer.length, at: newer.map((fact) => time(fact.recordedAt)).join('、') })}
            </span>
          )}
        </dd>
      </div>
      {fromDraft && <OwnFigures process={review.process} />}
      {safety !== 'nothing' && (
        <div role="status">
          <dt>{t('typed')}</dt>
          <dd>{t(`safety.${safety}`)}</dd>
        </div>
      )}
    </dl>
  );
};
