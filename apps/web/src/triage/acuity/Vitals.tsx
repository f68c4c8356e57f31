import { useTranslation } from 'react-i18next';
import { describeParameter, parameterNames } from '#libs/packs/parameters';
import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { useFormats } from '../../i18n/formats';

/** Vital signs as read, with their units, in the order in which people read them. */
export const Vitals = ({ vitals }: { readonly vitals: Assessment['vitals'] }) => {
  const { t } = useTranslation(['common', 'triage', 'assess']);
  const { text } = useFormats();
  const shown = (name: string, value: unknown): string => {
    if (name === 'consciousness') return `${value as string} ${t(`assess:acvpu.${value as string}`)}`;
    return typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value);
  };
  return (
    <dl className="vitals">
      {parameterNames.map((name) => {
        const value = vitals[name];
        if (value === undefined) return null;
        // How pain was asked stands with its score.
        const tool = name === 'painScore' && vitals.painTool;
        const { name: called, step, unit } = describeParameter(name);
        return (
          <div key={name}>
            <dt>{text(called)}</dt>
            <dd>
              {shown(name, value)} {step !== null && unit !== 'points' && <small>{unit}</small>}
              {tool && <small>{t(`triage:acuity.painTools.${tool}`)}</small>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
};
