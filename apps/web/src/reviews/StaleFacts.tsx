import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';

/** Facts that overtook the draft: each is ticked as seen before the draft can be signed. */
export const StaleFacts = ({
  review,
  checked,
  onChange,
}: {
  readonly review: Review;
  readonly checked: readonly string[];
  readonly onChange: (factIds: readonly string[]) => void;
}) => {
  const { t } = useTranslation('reviews');
  const { time } = useFormats();
  const facts = review.facts.filter(({ factId }) => review.staleFacts.includes(factId));
  return (
    <fieldset className="stale-facts">
      <legend>{t('staleFacts')}</legend>
      {facts.map(({ factId, effectiveAt, recordedBy, overtakes }) => (
        <Checkbox
          key={factId}
          checked={checked.includes(factId)}
          onChange={({ target }) =>
            onChange(target.checked ? [...checked, factId] : checked.filter((id) => id !== factId))
          }
        >
          {time(effectiveAt)} {recordedBy} {overtakes && t(`overtakes.${overtakes}`, { defaultValue: overtakes })}
        </Checkbox>
      ))}
    </fieldset>
  );
};
