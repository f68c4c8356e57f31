import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import { type RulePacks } from './use-rule-packs';

/** What was done with a version and what comes next, in words. */
export const PackSteps = ({ packs }: { readonly packs: RulePacks }) => {
  const { t } = useTranslation('packs');
  const { dateTime } = useFormats();
  const edited = packs.restores === null ? 'stepEdited' : 'stepRestored';
  return (
    <ol className="card pack-steps" aria-label={t('steps')}>
      <li className="done">
        {t(edited, { name: packs.editorName, at: dateTime(packs.editedAt), number: packs.restores })}
      </li>
      {packs.approvedAt === null ? (
        <>
          <li>{t('stepTry')}</li>
          <li>{t('stepApprove', { name: packs.editorName })}</li>
          <li>{t('stepEffective')}</li>
        </>
      ) : (
        <>
          <li className="done">
            {t('stepApproved', { name: packs.approverName ?? '', at: dateTime(packs.approvedAt) })}
          </li>
          <li className={packs.state === 'scheduled' ? '' : 'done'}>
            {t(`stepIs.${packs.state}`, { at: dateTime(packs.effectiveFrom) })}
          </li>
        </>
      )}
    </ol>
  );
};
