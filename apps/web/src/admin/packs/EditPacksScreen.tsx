import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Reading } from '../Reading';
import { EditPacks } from './EditPacks';
import { type ReferenceName, useReference, useRulePack, useRulePacks } from './use-rule-packs';
import '../admin.css';
import './packs.css';

/** Edits a version of the hospital, or a set that ships with the product, as the next version. */
export const EditPacksScreen = () => {
  const { t } = useTranslation('packs');
  const { id, name } = useParams();
  const list = useRulePacks();
  const version = useRulePack(id ?? null);
  const reference = useReference((name as ReferenceName | undefined) ?? null);
  const base = id === undefined ? reference : version;
  const from =
    id === undefined
      ? t('fromReference', { name: t(`packNames.${name}`, { defaultValue: name }) })
      : t('fromVersion', { number: version.data?.number ?? '' });
  return (
    <section className="admin">
      <p>
        <Link to="/admin/rule-packs">{t('back')}</Link>
      </p>
      <header>
        <h1>{t('editTitle', { number: (list.data?.items[0]?.number ?? 0) + 1 })}</h1>
        <p className="lead quiet">
          {from} {t('editMeans')}
        </p>
      </header>
      <Reading pending={base.isPending || list.isPending} thrown={base.error ?? list.error} />
      {base.data && list.data && <EditPacks key={id ?? name} base={base.data.content} />}
    </section>
  );
};
