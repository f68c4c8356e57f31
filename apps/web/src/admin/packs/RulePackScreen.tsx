import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { holds, useSession } from '../../session/session';
import { Reading } from '../Reading';
import { Approval } from './Approval';
import { Changes } from './Changes';
import { DryRunPart } from './DryRunPart';
import { PackState } from './PackState';
import { PackSteps } from './PackSteps';
import { RollBack } from './RollBack';
import { PackTables } from './PackTables';
import { packsOf, type RulePacks, useRulePack, useRulePacks } from './use-rule-packs';
import '../admin.css';
import './packs.css';

/** One version: what it changes, what it would have changed, and who answers for it. */
export const RulePackScreen = () => {
  const { t } = useTranslation('packs');
  const { id = '' } = useParams();
  const { data, error, isPending } = useRulePack(id);
  return (
    <section className="admin">
      <p>
        <Link to="/admin/rule-packs">{t('back')}</Link>
      </p>
      <Reading pending={isPending} thrown={error} />
      {data && <Version key={data.id} packs={data} />}
    </section>
  );
};

const Version = ({ packs }: { readonly packs: RulePacks }) => {
  const { t } = useTranslation('packs');
  const session = useSession();
  const list = useRulePacks();
  const active = list.data?.items.find(({ state }) => state === 'active') ?? null;
  const content = packsOf(packs.content);
  const mayEdit = holds(session, ['system_admin', 'clinical_lead']);
  const mayRollBack = mayEdit && packs.approvedAt !== null && packs.state === 'superseded';
  return (
    <>
      <header className="pack-head">
        <h1>{t('number', { number: packs.number })}</h1>
        <PackState version={packs} />
        {mayEdit && (
          <Link to={`/admin/rule-packs/${packs.id}/edit`}>
            <Button>{t('editThis')}</Button>
          </Link>
        )}
      </header>
      <p className="pack-note">{packs.note}</p>
      <PackSteps packs={packs} />
      {list.data && <Changes packs={packs} active={active} references={list.data.references} />}
      {mayEdit && packs.state !== 'active' && <DryRunPart packs={packs} />}
      {packs.state === 'draft' && <Approval packs={packs} />}
      {mayRollBack && <RollBack packs={packs} />}
      {content ? <PackTables packs={content} /> : <p>{t('unreadable')}</p>}
    </>
  );
};
