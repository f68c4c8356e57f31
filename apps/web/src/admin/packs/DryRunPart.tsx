import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../app/Field';
import { useFormats } from '../../i18n/formats';
import { LevelBadge } from '../../triage/LevelBadge';
import { Fault } from '../Reading';
import { type DryRun, type RulePacks, useDryRun } from './use-rule-packs';

const periods = [7, 30, 90] as const;
const dayMs = 24 * 60 * 60_000;
const mostCases = 2000;
const mostListed = 50;

/** Tries a version on past cases: whose level would be another; it changes nothing. */
export const DryRunPart = ({ packs }: { readonly packs: RulePacks }) => {
  const { t } = useTranslation('packs');
  const [days, setDays] = useState<number>(30);
  const trying = useDryRun(packs.id);
  const run = (): void => trying.mutate({ from: new Date(Date.now() - days * dayMs).toISOString(), limit: mostCases });
  return (
    <section className="card" aria-labelledby="dry-run">
      <h2 id="dry-run">{t('dryRun')}</h2>
      <p className="quiet">{t('dryRunMeans')}</p>
      <div className="admin-filters">
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
        <Button onClick={run} loading={trying.isPending}>
          {t('dryRunStart')}
        </Button>
      </div>
      <Fault thrown={trying.error} />
      <div aria-live="polite">{trying.data && <Found run={trying.data} />}</div>
    </section>
  );
};

const Found = ({ run }: { readonly run: DryRun }) => {
  const { t } = useTranslation('packs');
  const { dateTime } = useFormats();
  const { floor, proposed } = run;
  return (
    <div className="dry-run-found">
      <p>
        {t('dryRunRead', { from: dateTime(run.from), to: dateTime(run.to), cases: run.cases, n: run.assessments })}
        {run.unreadable > 0 && ` ${t('dryRunUnreadable', { n: run.unreadable })}`}
      </p>
      <p>
        <strong>{run.changedCases === 0 ? t('dryRunNone') : t('dryRunChanged', { n: run.changedCases })}</strong>
      </p>
      <p>{t('dryRunFloor', { same: floor.same, more: floor.moreUrgent, less: floor.lessUrgent })}</p>
      <p>{t('dryRunProposed', { same: proposed.same, more: proposed.moreUrgent, less: proposed.lessUrgent })}</p>
      {run.floorMoves.length > 0 && (
        <ul className="level-moves">
          {run.floorMoves.map(({ from, to, count }) => (
            <li key={`${from} ${to}`}>
              <LevelBadge level={from} /> → <LevelBadge level={to} /> <strong>{t('times', { n: count })}</strong>
            </li>
          ))}
        </ul>
      )}
      {run.changed.length > 0 && <Changed run={run} />}
    </div>
  );
};

const Changed = ({ run }: { readonly run: DryRun }) => {
  const { t } = useTranslation('packs');
  const { dateTime } = useFormats();
  const shown = run.changed.slice(0, mostListed);
  const more = run.changed.length - shown.length + run.moreChanged;
  return (
    <div className="admin-scroll">
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('recordedAt')}</th>
            <th scope="col">{t('caseId')}</th>
            <th scope="col">{t('floorWas')}</th>
            <th scope="col">{t('floorWould')}</th>
            <th scope="col">{t('proposedWas')}</th>
            <th scope="col">{t('proposedWould')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ factId, caseId, recordedAt, floor, proposed }) => (
            <tr key={factId}>
              <th scope="row">{dateTime(recordedAt)}</th>
              <td>
                <code>{caseId.slice(-12)}</code>
              </td>
              {[floor.from, floor.to, proposed.from, proposed.to].map((level, at) => (
                <td key={at}>
                  <LevelBadge level={level} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="quiet">{t('moreChanged', { n: more })}</p>}
    </div>
  );
};
