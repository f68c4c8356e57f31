import { useTranslation } from 'react-i18next';
import { numerals } from '#libs/packs/explain';
import { Reading } from '../Reading';
import { type BandLine, packChanges, type RuleChange, type ValueChange } from './pack-changes';
import { RuleName } from './RuleName';
import {
  packsOf,
  type PackVersion,
  type ReferenceName,
  type RulePacks,
  useReference,
  useRulePack,
} from './use-rule-packs';

interface ChangesProps {
  readonly packs: RulePacks;
  /** What is in force; null: what the product came with. */
  readonly active: PackVersion | null;
  readonly references: readonly ReferenceName[];
}

/* A page of them says that the sets differ altogether. */
const mostShown = 60;

/** How a version differs from the rules in force: what an approver is asked to agree with. */
export const Changes = ({ packs, active, references }: ChangesProps) => {
  const { t } = useTranslation('packs');
  const version = useRulePack(active?.id ?? null);
  const reference = useReference(active === null ? (references[0] ?? null) : null);
  const base = active === null ? reference : version;
  if (active?.id === packs.id) return null;
  return (
    <section className="card" aria-labelledby="pack-changes">
      <h2 id="pack-changes">{t('changes')}</h2>
      <p className="quiet">{active === null ? t('againstReference') : t('against', { number: active.number })}</p>
      <Reading pending={base.isPending} thrown={base.error} />
      {base.data && <Differences before={base.data.content} after={packs.content} />}
    </section>
  );
};

const Differences = ({ before, after }: { readonly before: unknown; readonly after: unknown }) => {
  const { t } = useTranslation('packs');
  const [old, now] = [packsOf(before), packsOf(after)];
  if (old === null || now === null) return <p>{t('unreadable')}</p>;
  const { rules, others } = packChanges(old, now);
  return (
    <>
      {rules.length + others.length === 0 && <p>{t('noChanges')}</p>}
      {rules.length > 0 && <RuleChanges changes={rules} />}
      {others.length > 0 && <OtherChanges changes={others} />}
    </>
  );
};

const RuleChanges = ({ changes }: { readonly changes: readonly RuleChange[] }) => {
  const { t } = useTranslation('packs');
  return (
    <div className="admin-scroll">
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('rule')}</th>
            <th scope="col">{t('before')}</th>
            <th scope="col">{t('after')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ packId, ruleId, reads, before, after }) => (
            <tr key={`${packId} ${ruleId}`}>
              <th scope="row">
                <RuleName packId={packId} ruleId={ruleId} reads={reads} />
              </th>
              <td>
                <BandLines lines={before} others={after} mark="gone" />
              </td>
              <td>
                <BandLines lines={after} others={before} mark="new" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const BandLines = ({
  lines,
  others,
  mark,
}: {
  readonly lines: readonly BandLine[] | null;
  readonly others: readonly BandLine[] | null;
  readonly mark: 'gone' | 'new';
}) => {
  const { t } = useTranslation('packs');
  if (lines === null) return <span className="quiet">{t('noRule')}</span>;
  const inBoth = ({ text, level }: BandLine): boolean =>
    others?.some((other) => other.text === text && other.level === level) ?? false;
  return (
    <ul className="band-lines">
      {lines.map((line, at) => (
        <li key={at} className={inBoth(line) ? '' : mark}>
          {inBoth(line) ? '' : <b aria-label={t(mark)}>{mark === 'new' ? '+ ' : '− '}</b>}
          {line.text} → {t('level', { level: numerals[line.level] })}
        </li>
      ))}
    </ul>
  );
};

const OtherChanges = ({ changes }: { readonly changes: readonly ValueChange[] }) => {
  const { t } = useTranslation('packs');
  const shown = changes.slice(0, mostShown);
  return (
    <>
      <h3>{t('otherChanges', { n: changes.length })}</h3>
      <div className="admin-scroll">
        <table className="admin-table">
          <thead>
            <tr>
              <th scope="col">{t('place')}</th>
              <th scope="col">{t('before')}</th>
              <th scope="col">{t('after')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ path, before, after }) => (
              <tr key={path}>
                <th scope="row">
                  <code>{path}</code>
                </th>
                <td>{before ?? '—'}</td>
                <td>{after ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {changes.length > shown.length && (
        <p className="quiet">{t('moreChanges', { n: changes.length - shown.length })}</p>
      )}
    </>
  );
};
