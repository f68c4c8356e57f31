import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProcessName, processNames } from '#libs/processes/index';
import { Field } from '../../app/Field';
import { useFormats } from '../../i18n/formats';
import { Reading } from '../Reading';
import { AgreementBar } from './AgreementBar';
import { AgreementTable } from './AgreementTable';
import { pairNames, summed } from './agreement-sums';
import { percentOf } from './percent';
import { BlindSample } from './BlindSample';
import { type Agreement, useAgreement, useModelQuality } from './use-agreement';
import { Weeks } from './Weeks';
import '../admin.css';
import './quality.css';

const periods = [7, 30, 90, 365] as const;

/** How often people, rules and drafts agreed, and where they did not. */
export const QualityScreen = () => {
  const { t } = useTranslation(['quality', 'admin']);
  const [process, setProcess] = useState<ProcessName>(processNames[0] ?? 'triage');
  const [days, setDays] = useState<number>(30);
  const { data, error, isPending } = useAgreement(process, days);
  const quality = useModelQuality(process, days);
  return (
    <section className="admin">
      <header>
        <h1>{t('title')}</h1>
        <p className="lead quiet">{t('lead')}</p>
      </header>
      <div className="admin-filters">
        <Field label={t('process')}>
          {(id) => (
            <Select
              id={id}
              value={process}
              onChange={setProcess}
              options={processNames.map((value) => ({ value, label: t(`admin:processes.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('period')}>
          {(id) => (
            <Select
              id={id}
              value={days}
              onChange={setDays}
              options={periods.map((value) => ({ value, label: t('lastDays', { n: value }) }))}
            />
          )}
        </Field>
      </div>
      <Reading pending={isPending} thrown={error} />
      {data && (data.rows.length > 0 ? <Measured agreement={data} /> : <p className="admin-empty">{t('empty')}</p>)}
      <Reading pending={false} thrown={quality.error} />
      {quality.data && data && data.rows.length > 0 && (
        <>
          <BlindSample sample={quality.data.blindSample} />
          <Weeks weeks={quality.data.weeks} />
        </>
      )}
    </section>
  );
};

const Measured = ({ agreement }: { readonly agreement: Agreement }) => {
  const { t } = useTranslation('quality');
  const { dateTime } = useFormats();
  const sums = summed(agreement.rows);
  return (
    <>
      <p>
        {t('counted', { from: dateTime(agreement.from), to: dateTime(agreement.to), n: agreement.reviews })}
        {agreement.truncated && ` ${t('truncated')}`}
      </p>
      <section className="card" aria-labelledby="agreement-sums">
        <h2 id="agreement-sums">{t('together')}</h2>
        <dl className="agreement-sums">
          {pairNames.map((name) => (
            <div key={name}>
              <dt>{t(`pairs.${name}.name`)}</dt>
              <dd>
                <AgreementBar pair={sums[name]} label={t(`pairs.${name}.name`)} wide />
                <small className="quiet">{t(`pairs.${name}.means`)}</small>
              </dd>
            </div>
          ))}
          <div>
            <dt>{t('hasty')}</dt>
            <dd>
              <strong>{percentOf(sums.hasty, sums.reviews)}</strong> {t('ofN', { part: sums.hasty, n: sums.reviews })}
              <br />
              <small className="quiet">{t('hastyMeans')}</small>
            </dd>
          </div>
        </dl>
      </section>
      <h2>{t('byVersion')}</h2>
      <AgreementTable rows={agreement.rows} />
    </>
  );
};
