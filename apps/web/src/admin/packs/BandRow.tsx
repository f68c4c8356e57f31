import { useTranslation } from 'react-i18next';
import { numerals } from '#libs/packs/explain';
import { acuityLevels } from '#libs/packs/acuity';
import { type LevelBand } from '#libs/packs/pack.types';
import { bandText, beginOf, type End, endOf, withBegin, withEnd } from './bands';
import { NumberField } from './NumberField';
import { type PackFault } from './pack-faults';

interface BandRowProps {
  /** Which band of what, for whoever hears the page. */
  readonly label: string;
  readonly band: LevelBand;
  readonly step: number;
  readonly fault: PackFault | null;
  /** The changed band; null takes it away. */
  readonly onChange: (band: LevelBand | null) => void;
}

/** One band of a rule: where it begins and ends, and the level it gives. */
export const BandRow = ({ label, band, step, fault, onChange }: BandRowProps) => {
  const { t } = useTranslation('packs');
  return (
    <div className={fault ? 'band-row fault' : 'band-row'} role="group" aria-label={label}>
      {band.in ? (
        <span className="band-words">{bandText(band)}</span>
      ) : (
        <>
          <EndField
            label={t('begin')}
            signs={['≥', '>']}
            end={beginOf(band)}
            step={step}
            onChange={(end) => onChange(withBegin(band, end))}
          />
          <EndField
            label={t('end')}
            signs={['≤', '<']}
            end={endOf(band)}
            step={step}
            onChange={(end) => onChange(withEnd(band, end))}
          />
        </>
      )}
      <span aria-hidden>→</span>
      <select
        aria-label={t('levelLabel')}
        value={band.level}
        onChange={({ target }) => onChange({ ...band, level: target.value as LevelBand['level'] })}
      >
        {acuityLevels.map((level) => (
          <option key={level} value={level}>
            {t('level', { level: numerals[level] })}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="plain-button"
        onClick={() => onChange(null)}
        aria-label={`${t('removeBand')}: ${label}`}
      >
        {t('removeBand')}
      </button>
      {fault && <p role="alert">{t(`faults.${fault.kind}`)}</p>}
    </div>
  );
};

interface EndFieldProps {
  readonly label: string;
  /** With its edge, without it. */
  readonly signs: readonly [string, string];
  readonly end: End | null;
  readonly step: number;
  readonly onChange: (end: End | null) => void;
}

const EndField = ({ label, signs: [including, excluding], end, step, onChange }: EndFieldProps) => {
  const { t } = useTranslation('packs');
  const sign = end === null ? '' : end.includes ? including : excluding;
  return (
    <span className="band-end">
      <select
        aria-label={label}
        value={sign}
        onChange={({ target }) =>
          onChange(target.value === '' ? null : { includes: target.value === including, at: end?.at ?? 0 })
        }
      >
        <option value="">{t('noEnd')}</option>
        <option value={including}>{including}</option>
        <option value={excluding}>{excluding}</option>
      </select>
      {end && <NumberField label={label} value={end.at} step={step} onChange={(at) => onChange({ ...end, at })} />}
    </span>
  );
};
