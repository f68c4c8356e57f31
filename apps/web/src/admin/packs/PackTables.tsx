import { useTranslation } from 'react-i18next';
import { numerals } from '#libs/packs/explain';
import { type LevelPack, type TriagePacks } from '#libs/packs/pack.types';
import { useFormats } from '../../i18n/formats';
import { bandText } from './bands';
import { levelPacksOf } from './pack-edits';
import { RuleName } from './RuleName';

/** The level tables of a version, to be read. */
export const PackTables = ({ packs }: { readonly packs: TriagePacks }) => {
  const { t } = useTranslation('packs');
  const { text } = useFormats();
  return (
    <section aria-labelledby="pack-tables" className="pack-tables">
      <h2 id="pack-tables">{t('tables')}</h2>
      {levelPacksOf(packs).map(({ pack }) => (
        <details key={pack.id} className="card">
          <summary>
            {text(pack.name)}{' '}
            <span className="quiet">{t('rulesIn', { n: pack.rules.length + pack.scoreRules.length })}</span>
          </summary>
          <p className="quiet">{pack.source}</p>
          <RuleTable pack={pack} />
        </details>
      ))}
    </section>
  );
};

const RuleTable = ({ pack }: { readonly pack: LevelPack }) => {
  const { t } = useTranslation('packs');
  const rules = [
    ...pack.rules.map((rule) => ({ ...rule, reads: rule.parameter as string, effect: rule.effect })),
    ...pack.scoreRules.map((rule) => ({ ...rule, reads: rule.score, effect: 'floor' as const })),
  ];
  return (
    <div className="admin-scroll">
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('rule')}</th>
            <th scope="col">{t('effect')}</th>
            <th scope="col">{t('bands')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map(({ id, reads, effect, bands }) => (
            <tr key={id}>
              <th scope="row">
                <RuleName ruleId={id} reads={reads} />
              </th>
              <td>{t(`effects.${effect}`)}</td>
              <td>
                <ul className="band-lines">
                  {bands.map((band, at) => (
                    <li key={at}>
                      {bandText(band)} → {t('level', { level: numerals[band.level] })}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
