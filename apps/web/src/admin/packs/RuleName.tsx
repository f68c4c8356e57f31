import { useTranslation } from 'react-i18next';
import { describeParameter } from '#libs/packs/parameters';
import { useFormats } from '../../i18n/formats';

interface RuleNameProps {
  readonly packId?: string;
  readonly ruleId: string;
  /** The measurement or score it reads. */
  readonly reads: string;
}

/** A rule by what it reads, with its name in the pack, by which evaluations call it. */
export const RuleName = ({ packId, ruleId, reads }: RuleNameProps) => {
  const { t } = useTranslation('packs');
  const { text } = useFormats();
  const { name, unit } = describeParameter(reads);
  const bare = unit === 'points' || unit === 'yes/no' || unit === 'ACVPU';
  return (
    <>
      {bare ? text(name) : t('inUnit', { name: text(name), unit })}
      <br />
      <small className="quiet">
        {packId && `${t(`packNames.${packId}`, { defaultValue: packId })} · `}
        {ruleId}
      </small>
    </>
  );
};
