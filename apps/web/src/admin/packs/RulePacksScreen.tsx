import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../i18n/formats';
import { holds, useSession } from '../../session/session';
import { Reading } from '../Reading';
import { PackState } from './PackState';
import { type PackVersion, type RulePackList, useRulePacks } from './use-rule-packs';
import '../admin.css';
import './packs.css';

/** The rules of the triage desk: what is in force, and every version that was ever edited. */
export const RulePacksScreen = () => {
  const { t } = useTranslation('packs');
  const { data, error, isPending } = useRulePacks();
  return (
    <section className="admin">
      <header>
        <h1>{t('title')}</h1>
        <p className="lead quiet">{t('lead')}</p>
      </header>
      <Reading pending={isPending} thrown={error} />
      {data && (
        <>
          <InForce list={data} />
          <h2>{t('versions')}</h2>
          {data.items.length > 0 ? (
            <VersionTable versions={data.items} />
          ) : (
            <p className="admin-empty">{t('noVersions')}</p>
          )}
        </>
      )}
    </section>
  );
};

const InForce = ({ list }: { readonly list: RulePackList }) => {
  const { t } = useTranslation('packs');
  const session = useSession();
  const active = list.items.find(({ state }) => state === 'active');
  const mayEdit = holds(session, ['system_admin', 'clinical_lead']);
  return (
    <section className="card packs-in-force" aria-labelledby="packs-in-force">
      <h2 id="packs-in-force">{t('inForce')}</h2>
      <p>{active ? t('inForceVersion', { number: active.number, note: active.note }) : t('inForceReference')}</p>
      <ul className="pack-names">
        {list.inForce.map(({ id, version, approvedBy }) => (
          <li key={id}>
            <strong>{t(`packNames.${id}`, { defaultValue: id })}</strong> <span className="quiet">{version}</span>{' '}
            <span className="quiet">{approvedBy ? t('approvedBy', { name: approvedBy }) : t('notApproved')}</span>
          </li>
        ))}
      </ul>
      {mayEdit && (
        <div className="admin-actions">
          {active && (
            <Link to={`/admin/rule-packs/${active.id}/edit`}>
              <Button type="primary">{t('editActive')}</Button>
            </Link>
          )}
          {list.references.map((name) => (
            <Link key={name} to={`/admin/rule-packs/from/${name}`}>
              <Button>{t('editReference', { name: t(`packNames.${name}`, { defaultValue: name }) })}</Button>
            </Link>
          ))}
        </div>
      )}
    </section>
  );
};

const VersionTable = ({ versions }: { readonly versions: readonly PackVersion[] }) => {
  const { t } = useTranslation('packs');
  return (
    <div className="admin-scroll">
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('version')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('note')}</th>
            <th scope="col">{t('editedBy')}</th>
            <th scope="col">{t('approved')}</th>
            <th scope="col">{t('effectiveFrom')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <VersionLine key={version.id} version={version} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const VersionLine = ({ version }: { readonly version: PackVersion }) => {
  const { t } = useTranslation('packs');
  const { dateTime } = useFormats();
  return (
    <tr>
      <th scope="row">
        <Link to={`/admin/rule-packs/${version.id}`}>{t('number', { number: version.number })}</Link>
      </th>
      <td>
        <PackState version={version} />
      </td>
      <td className="pack-note">
        {version.restores !== null && <strong>{t('restores', { number: version.restores })} </strong>}
        {version.note}
      </td>
      <td>
        {version.editorName}
        <br />
        <span className="quiet">{dateTime(version.editedAt)}</span>
      </td>
      <td>
        {version.approverName ?? '—'}
        <br />
        {version.approvedAt && <span className="quiet">{dateTime(version.approvedAt)}</span>}
      </td>
      <td>{dateTime(version.effectiveFrom)}</td>
    </tr>
  );
};
