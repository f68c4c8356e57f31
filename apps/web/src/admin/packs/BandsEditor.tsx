import { useTranslation } from 'react-i18next';
import { type LevelBand, type TriagePacks } from '#libs/packs/pack.types';
import { describeParameter } from '#libs/packs/parameters';
import { useFormats } from '../../i18n/formats';
import { BandRow } from './BandRow';
import { levelPacksOf, type RulePlace, temperatureLimits, withBands, withTemperature } from './pack-edits';
import { type PackFault } from './pack-faults';
import { NumberField } from './NumberField';
import { RuleName } from './RuleName';

interface BandsEditorProps {
  readonly packs: TriagePacks;
  readonly faults: readonly PackFault[];
  readonly onChange: (packs: TriagePacks) => void;
}

/** The changes hospitals make most: the bands of the rules, and the temperature limits of the infection screening. */
export const BandsEditor = ({ packs, faults, onChange }: BandsEditorProps) => {
  const { t } = useTranslation('packs');
  const { text } = useFormats();
  return (
    <div className="bands-editor">
      {levelPacksOf(packs).map(({ pack, path }) => (
        <details key={pack.id} className="card" open={path === 'ageGroups.1.pack' || hasFault(faults, path)}>
          <summary>
            {text(pack.name)}{' '}
            <span className="quiet">{t('rulesIn', { n: pack.rules.length + pack.scoreRules.length })}</span>
          </summary>
          {pack.rules.map((rule, at) => (
            <RuleEditor
              key={`rules ${rule.id}`}
              place={{ packId: pack.id, list: 'rules', ruleId: rule.id }}
              reads={rule.parameter}
              bands={rule.bands}
              path={`${path}.rules.${at}`}
              faults={faults}
              onChange={(bands, place) => onChange(withBands(packs, place, bands))}
            />
          ))}
          {pack.scoreRules.map((rule, at) => (
            <RuleEditor
              key={`scoreRules ${rule.id}`}
              place={{ packId: pack.id, list: 'scoreRules', ruleId: rule.id }}
              reads={rule.score}
              bands={rule.bands}
              path={`${path}.scoreRules.${at}`}
              faults={faults}
              onChange={(bands, place) => onChange(withBands(packs, place, bands))}
            />
          ))}
        </details>
      ))}
      <Temperatures packs={packs} onChange={onChange} />
      <p className="quiet">{t('moreInJson')}</p>
    </div>
  );
};

const hasFault = (faults: readonly PackFault[], path: string): boolean =>
  faults.some((fault) => fault.path === path || fault.path.startsWith(`${path}.`));

interface RuleEditorProps {
  readonly place: RulePlace;
  readonly reads: string;
  readonly bands: readonly LevelBand[];
  readonly path: string;
  readonly faults: readonly PackFault[];
  readonly onChange: (bands: readonly LevelBand[], place: RulePlace) => void;
}

const RuleEditor = ({ place, reads, bands, path, faults, onChange }: RuleEditorProps) => {
  const { t } = useTranslation('packs');
  const { text } = useFormats();
  const { name, step, values } = describeParameter(reads);
  const of = text(name);
  const others = faults.filter((fault) => fault.path === path || fault.path === `${path}.bands`);
  return (
    <fieldset className="rule-editor">
      <legend>
        <RuleName ruleId={place.ruleId} reads={reads} />
      </legend>
      {bands.map((band, at) => (
        <BandRow
          key={at}
          label={t('bandOf', { of, n: at + 1 })}
          band={band}
          step={step ?? 1}
          fault={faults.find((fault) => hasFault([fault], `${path}.bands.${at}`)) ?? null}
          onChange={(next) => onChange(bands.toSpliced(at, 1, ...(next ? [next] : [])), place)}
        />
      ))}
      {others.map(({ kind }) => (
        <p key={kind} role="alert" className="fault">
          {t(`faults.${kind}`)}
        </p>
      ))}
      {values === undefined && (
        <button
          type="button"
          className="plain-button"
          onClick={() => onChange([...bands, { from: 0, to: 0, level: 'III' }], place)}
        >
          {t('addBand')}
        </button>
      )}
    </fieldset>
  );
};

const Temperatures = ({ packs, onChange }: Pick<BandsEditorProps, 'packs' | 'onChange'>) => {
  const { t } = useTranslation('packs');
  const limits = temperatureLimits(packs);
  if (limits.length === 0) return null;
  return (
    <details className="card">
      <summary>{t('screening')}</summary>
      {limits.map(({ rule, temperature, path }) => (
        <fieldset key={path} className="rule-editor">
          <legend>
            {t(`precautions.${rule.precaution}`)} <small className="quiet">{rule.id}</small>
          </legend>
          <label>
            {t('temperatureFrom')}{' '}
            <NumberField
              value={temperature}
              step={0.1}
              onChange={(next) => onChange(withTemperature(packs, path, next))}
            />{' '}
            °C
          </label>
        </fieldset>
      ))}
    </details>
  );
};
