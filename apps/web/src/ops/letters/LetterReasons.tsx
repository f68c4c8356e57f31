import { useTranslation } from 'react-i18next';
import { reasonsOf } from './reasons';

/** Why a message was not taken, in words, with code and place for the sender's engineer. */
export const LetterReasons = ({ stored }: { readonly stored: string | null }) => {
  const { t } = useTranslation('ops');
  const reasons = reasonsOf(stored);
  if (reasons.length === 0) return <>—</>;
  return (
    <ul className="letter-reasons">
      {reasons.map(({ code, why, place }, index) => (
        <li key={index}>
          {t(`letterReasons.${why}`, { defaultValue: why })}{' '}
          <span className="quiet">
            {code} {place}
          </span>
        </li>
      ))}
    </ul>
  );
};
