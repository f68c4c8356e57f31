import { useTranslation } from 'react-i18next';
import { parameters } from '#libs/packs/parameters';
import { useFormats } from '../../i18n/formats';
import { type Missing } from './missing';

const goTo = (name: Missing): void => {
  const field = document.querySelector<HTMLElement>(`[data-field="${name === 'screening' ? 'recentFever' : name}"]`);
  const control = field?.matches('fieldset') ? field.querySelector<HTMLElement>('input') : field;
  control?.focus();
};

/** What is still missing, live; each leads to its field. */
export const MissingList = ({ missing }: { readonly missing: readonly Missing[] }) => {
  const { t } = useTranslation('assess');
  const { text } = useFormats();
  const nameOf = (name: Missing): string =>
    name in parameters ? text(parameters[name as keyof typeof parameters].name) : t(`missingNames.${name}`);
  return (
    <section className="missing card" aria-label={t('missing')}>
      <h2>
        {t('missing')} <span className="number">{missing.length}</span>
      </h2>
      {missing.length === 0 ? (
        <p className="quiet">{t('nothingMissing')}</p>
      ) : (
        <p className="flags">
          {missing.map((name) => (
            <button key={name} type="button" className="flag" onClick={() => goTo(name)}>
              {nameOf(name)}
            </button>
          ))}
        </p>
      )}
    </section>
  );
};
