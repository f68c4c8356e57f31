import { useTranslation } from 'react-i18next';
import { type Today } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { type Agreement, agreementOf, automationOf } from './shares';

type Process = Today['processes'][number];

/** How a process used the model today: what was decided, what became of the drafts, and what is set. */
export const ProcessToday = ({ of }: { readonly of: Process }) => {
  const { t } = useTranslation(['today', 'ops']);
  const name = t(`ops:processes.${of.process}`, { defaultValue: of.process });
  return (
    <section className="card" aria-label={t('processTitle', { name })}>
      <h2>{t('processTitle', { name })}</h2>
      <Rollout rollout={of.rollout} />
      <div className="today-parts">
        <Decisions decisions={of.decisions} />
        <Drafts drafts={of.drafts} />
        <Automation automation={of.automation} />
      </div>
    </section>
  );
};

const Rollout = ({ rollout }: { readonly rollout: Process['rollout'] }) => {
  const { t } = useTranslation('today');
  const { dateTime } = useFormats();
  const { mode, effective, switches } = rollout;
  const byHand = effective.because === 'manual-switch';
  const [first] = switches;
  return (
    <p className={byHand ? 'today-rollout by-hand' : 'today-rollout'} role={byHand ? 'status' : undefined}>
      <b>{t(`modes.${effective.mode}`)}</b>{' '}
      {byHand
        ? t('byHand', { mode: t(`modes.${mode}`), until: dateTime(effective.until) })
        : t(`because.${effective.because}`)}
      {effective.blindPercent > 0 && <> · {t('blind', { n: effective.blindPercent })}</>}
      {byHand && first && <q>{first.reason}</q>}
    </p>
  );
};

const Decisions = ({ decisions }: { readonly decisions: Process['decisions'] }) => {
  const { t } = useTranslation(['today', 'reviews']);
  return (
    <section aria-label={t('decisionsTitle')}>
      <h3>{t('decisionsTitle')}</h3>
      <dl className="counts">
        {Object.entries(decisions).map(([action, n]) => (
          <div key={action}>
            <dt>{t(`reviews:signed.${action}`)}</dt>
            <dd>{n}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

const Drafts = ({ drafts: { shown, stored, failed } }: { readonly drafts: Process['drafts'] }) => {
  const { t } = useTranslation('today');
  return (
    <section aria-label={t('draftsTitle')}>
      <h3>{t('draftsTitle')}</h3>
      <dl className="counts">
        <div>
          <dt>{t('draftsShown')}</dt>
          <dd>{shown}</dd>
        </div>
        <div>
          <dt>{t('draftsStored')}</dt>
          <dd>{stored}</dd>
        </div>
        {failed.map(({ code, n }) => (
          <div key={code} className="over">
            <dt>{t('draftsFailed', { why: t(`failures.${code}`, { defaultValue: code }) })}</dt>
            <dd>{n}</dd>
          </div>
        ))}
      </dl>
      {failed.length === 0 && <p className="quiet">{t('noneFailed')}</p>}
    </section>
  );
};

const Automation = ({ automation }: { readonly automation: Process['automation'] }) => {
  const { t } = useTranslation('today');
  const told = automationOf(automation);
  const signed = agreementOf(automation.agreement.draftAndSigned);
  return (
    <section aria-label={t('agreementTitle')}>
      <h3>{t('agreementTitle')}</h3>
      {told === null ? (
        <p className="quiet">{t('noRate', { n: automation.decided })}</p>
      ) : (
        <>
          <p>{t('rate', { percent: told.percent, n: automation.unchanged, of: automation.decided })}</p>
          <AgreementLine name="ownAndDraft" agreement={told.own} />
          {signed && <AgreementLine name="draftAndSigned" agreement={signed} />}
        </>
      )}
      {automation.truncated && <p className="quiet">{t('truncated')}</p>}
    </section>
  );
};

const AgreementLine = ({ name, agreement }: { readonly name: string; readonly agreement: Agreement }) => {
  const { t } = useTranslation('today');
  return <p>{t(`pairs.${name}`, { ...agreement })}</p>;
};
