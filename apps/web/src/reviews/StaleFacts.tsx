import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';

/** Facts to be looked at before signing: each is ticked as seen. */
export const StaleFacts = ({
  review,
  facts,
  checked,
  onChange,
}: {
  readonly review: Review;
  readonly facts: readonly string[];
  readonly checked: readonly string[];
  readonly onChange: (factIds: readonly string[]) => void;
}) => {
  const { t } = useTranslation('reviews');
  const { time } = useFormats();
  return (
    <fieldset className="stale-facts">
      <legend>{t('staleFacts')}</legend>
      {facts.map((factId) => {
        const fact = review.facts.find((one) => one.factId === factId);
        const source = fact && (fact.recordedBy ?? t(`factSources.${fact.source}`, { defaultValue: fact.source }));
        return (
          <Checkbox
            key={factId}
            checked={checked.includes(factId)}
            onChange={({ target }) =>
              onChange(target.checked ? [...checked, factId] : checked.filter((id) => id !== factId))
            }
          >
            {fact
              ? t('factSeen', {
                  at: time(fact.effectiveAt),
                  source,
                  kind: t(`factKinds.${fact.kind}`, { defaultValue: t('factKinds.other') }),
                })
              : t('factUnknown')}{' '}
            {fact?.overtakes && <b>{t(`overtakes.${fact.overtakes}`)}</b>}
          </Checkbox>
        );
      })}
    </fieldset>
  );
};
