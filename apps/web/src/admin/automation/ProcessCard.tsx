import { useTranslation } from 'react-i18next';
import { type ProcessName } from '#libs/processes/index';
import { useFormats } from '../../i18n/formats';
import { holds, useSession } from '../../session/session';
import { Reading } from '../Reading';
import { AgreementLine } from './AgreementLine';
import { ManualSwitch } from './ManualSwitch';
import { ModeForm } from './ModeForm';
import { type Rollout, useRollout } from './use-rollout';

const tones = { off: 'state-alert', shadow: 'state-warn', draft: 'state-good' } as const;

/** One process: what is in force now, the mode that is set, and the manual switch. */
export const ProcessCard = ({ process }: { readonly process: ProcessName }) => {
  const { t } = useTranslation(['automation', 'admin']);
  const session = useSession();
  const { data, error, isPending } = useRollout(process);
  return (
    <article className="card process-card" aria-labelledby={`process-${process}`}>
      <header>
        <h2 id={`process-${process}`}>{t(`admin:processes.${process}`)}</h2>
        {data && <InForce rollout={data} />}
      </header>
      <Reading pending={isPending} thrown={error} />
      {data && (
        <>
          <div className="process-parts">
            <ModeForm
              key={data.version}
              process={process}
              rollout={data}
              mayChange={holds(session, ['system_admin'])}
            />
            <ManualSwitch
              process={process}
              switches={data.switches}
              mayChange={holds(session, ['system_admin', 'clinical_lead', 'charge_nurse'])}
            />
          </div>
          {holds(session, ['system_admin', 'clinical_lead', 'auditor']) && <AgreementLine process={process} />}
        </>
      )}
    </article>
  );
};

const InForce = ({ rollout: { effective, set } }: { readonly rollout: Rollout }) => {
  const { t } = useTranslation('automation');
  const { dateTime } = useFormats();
  const because = t(`because.${effective.because}`, {
    at: dateTime(effective.until ?? set?.at ?? null),
    name: set?.name ?? t('system'),
  });
  return (
    <p>
      <span className={`state ${tones[effective.mode]}`}>
        {t('inForce', { mode: t(`modes.${effective.mode}.name`) })}
      </span>{' '}
      <span className="quiet">{because}</span>
    </p>
  );
};
