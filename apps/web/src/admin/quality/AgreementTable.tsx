import { useTranslation } from 'react-i18next';
import { AgreementBar } from './AgreementBar';
import { pairNames } from './agreement-sums';
import { percentOf } from './percent';
import { type AgreementRow } from './use-agreement';

/** Agreement by rule pack, prompt, model and whether the draft was on offer. */
export const AgreementTable = ({ rows }: { readonly rows: readonly AgreementRow[] }) => {
  const { t } = useTranslation('quality');
  return (
    <div className="admin-scroll">
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('origin')}</th>
            <th scope="col">{t('draft')}</th>
            <th scope="col">{t('reviews')}</th>
            <th scope="col">{t('hasty')}</th>
            {pairNames.map((name) => (
              <th key={name} scope="col">
                {t(`pairs.${name}.name`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AgreementLine key={originOf(row)} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const originOf = ({ levelPack, promptId, promptVersion, model, shown }: AgreementRow): string =>
  [levelPack?.id, levelPack?.version, promptId, promptVersion, model, shown].join(' ');

const AgreementLine = ({ row }: { readonly row: AgreementRow }) => {
  const { t } = useTranslation(['quality', 'packs']);
  const { levelPack, promptId, promptVersion, model, shown } = row;
  const pack =
    levelPack && `${t(`packs:packNames.${levelPack.id}`, { defaultValue: levelPack.id })} ${levelPack.version}`;
  const offer = shown === null ? 'none' : shown ? 'shown' : 'blind';
  return (
    <tr>
      <th scope="row">
        {pack ?? t('noPack')}
        {model !== null && (
          <>
            <br />
            <span className="quiet">
              {t('model', { model, prompt: promptId ?? '—', version: promptVersion ?? '—' })}
            </span>
          </>
        )}
      </th>
      <td className="quality-share">{t(`offers.${offer}`)}</td>
      <td className="number">{row.reviews}</td>
      <td className="quality-share">
        {percentOf(row.hasty, row.reviews)} <span className="quiet">· {row.hasty}</span>
      </td>
      {pairNames.map((name) => (
        <td key={name}>
          <AgreementBar pair={row.pairs[name]} label={t(`pairs.${name}.name`)} />
        </td>
      ))}
    </tr>
  );
};
