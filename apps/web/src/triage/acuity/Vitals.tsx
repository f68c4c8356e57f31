import { useTranslation } from 'react-i18next';
import { describeParameter } from '#libs/packs/parameters';
import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { useFormats } from '../../i18n/formats';

/** Vital signs as read, with their units. */
export const Vitals = ({ vitals }: { readonly vitals: Assessment['vitals'] }) => {
  const { t } = useTranslation(['common', 'triage']);
  const { text } = useFormats();
  const shown = (value: unknown): string => (typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value));
  return (
    <dl className="vitals">
      {Object.entries(vitals).map(([name, value]) => {
        // How pain was asked stands with its score.
        if (name === 'painTool') return null;
        const tool = name === 'painScore' && vitals.painTool;
        const { name: called, step, unit } = describeParameter(name);
        return (
          <div key={name}>
            <dt>{text(called)}</dt>
            <dd>
              {shown(value)} {step !== null && unit !== 'points' && <small>{unit}</small>}
              {tool && <small>{t(`triage:acuity.painTools.${tool}`)}</small>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
};
