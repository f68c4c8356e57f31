import { useTranslation } from 'react-i18next';
import { type Review } from '../api/types';
import { useFormats } from '../i18n/formats';
import { useSession } from '../session/session';

/** Who holds the review, and until when. */
export const ClaimText = ({ review: { claim } }: { readonly review: Review }) => {
  const { t } = useTranslation('reviews');
  const { time } = useFormats();
  const { user } = useSession();
  if (claim === null) return null;
  const at = time(claim.until);
  return (
    <span className="flag">
      {claim.userId === user.id ? t('heldByMe', { at }) : t('heldUntil', { name: claim.name, at })}
    </span>
  );
};
