import { packsInForce, forgetPacks } from '#libs/db/stores/packs-in-force.store';
import { record } from '#libs/db/stores/record.store';
import {
  approveRulePacks,
  findRulePackVersion,
  insertRulePacks,
  lockRulePacks,
  type NewRulePacks,
  rulePackContent,
  rulePackRevision,
  type RulePackVersion,
  rulePackVersions,
} from '#libs/db/stores/rule-pack.store';
import { type Tx } from '#libs/db/transaction';
import { triagePacksSchema } from '#libs/packs/pack.schema';
import { packsOf, type ReferenceSetName, referenceSets } from '#libs/packs/reference-packs';
import { firstRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { type Cursors, pageOf, type PageQuery } from '../http/cursor';
import { pathsOf } from '../http/validation';
import {
  type ApprovalBody,
  type EditBody,
  type RollbackBody,
  type RulePackList,
  type RulePacksView,
} from './rule-packs.schema';

/** The versions of the hospital, newest first, and by what the desk works now. */
export const listRulePacks =
  (cursors: Cursors, { limit, cursor }: PageQuery): Work<RulePackList> =>
  async (tx) => {
    const [before] = cursors.open('rule-packs', cursor) ?? [];
    const rows = await rulePackVersions(tx, { before: before === undefined ? null : Number(before), limit: limit + 1 });
    const page = pageOf(rows, { limit, next: (last) => cursors.seal('rule-packs', [last.number]) });
    return {
      version: await rulePackRevision(tx),
      inForce: packsOf(await packsInForce(tx)).map(({ id, version, approvedBy }) => ({ id, version, approvedBy })),
      references: Object.keys(referenceSets) as ReferenceSetName[],
      items: page.items.map(plainOf),
      next: page.next,
    };
  };

/** A version with its content. */
export const showRulePacks =
  (id: string): Work<RulePacksView> =>
  async (tx) => {
    const found = await findRulePackVersion(tx, id);
    return found ? viewOf(tx, found) : refuse('NOT_FOUND');
  };

/** A set that ships with the product, to begin an edit with. */
export const showReference = (name: ReferenceSetName): Work<{ name: ReferenceSetName; content: object }> => {
  return () => Promise.resolve({ name, content: referenceSets[name] });
};

/** Stores an edited set as the next version; in force it is only once somebody else approves it. */
export const editRulePacks =
  (body: EditBody): Work<RulePacksView> =>
  async (tx) => {
    await lockRulePacks(tx);
    return store(tx, { ...body, restores: null });
  };

/** Stores the content of an approved version as the next one, which says whose it is; to be approved like any other. */
export const rollBackRulePacks =
  (id: string, { note }: RollbackBody): Work<RulePacksView> =>
  async (tx) => {
    await lockRulePacks(tx);
    const old = await findRulePackVersion(tx, id);
    if (!old) return refuse('NOT_FOUND');
    if (old.approvedAt === null) return refuse('CONFLICT', { reason: 'never approved' });
    const content = triagePacksSchema.safeParse(await rulePackContent(tx, id));
    if (!content.success) return unreadable(content.error.issues);
    return store(tx, { content: content.data, note, restores: old.number });
  };

/** Approves a draft, from the revision and the digest that were shown. */
export const approve =
  (id: string, { sha256, effectiveFrom, version }: ApprovalBody & { version: number }): Work<RulePacksView> =>
  async (tx) => {
    await lockRulePacks(tx);
    const draft = await findRulePackVersion(tx, id);
    if (!draft) return refuse('NOT_FOUND');
    const revision = await rulePackRevision(tx);
    const refusal = firstRefusal([
      () => approverRefusal(tx, draft),
      () => (version === revision ? null : refuse('VERSION_MISMATCH', { current: revision })),
      () => (draft.state === 'draft' ? null : refuse('CONFLICT', { reason: 'approved already', state: draft.state })),
      () => (draft.sha256 === sha256 ? null : refuse('CONFLICT', { paths: ['sha256'] })),
    ]);
    if (refusal) return refusal;
    const content = triagePacksSchema.safeParse(await rulePackContent(tx, id));
    if (!content.success) return unreadable(content.error.issues);
    const from = effectiveFrom === undefined ? null : new Date(effectiveFrom);
    if (!(await approveRulePacks(tx, { id, effectiveFrom: from })))
      return refuse('VALIDATION_FAILED', { paths: ['effectiveFrom'], rule: 'not in the past' });
    const detail = { number: draft.number, restores: draft.restores, effectiveFrom: from?.toISOString() ?? 'now' };
    await recordOf(tx, { action: 'rule-packs.approve', id, sha256, detail });
    forgetPacks(tx);
    return shownAgain(tx, id);
  };

/** The rules hold on every ward, so whoever approves them leads the whole hospital; and no one approves their own edit. */
const approverRefusal = ({ principal }: Tx, { editedBy }: RulePackVersion): Refusal | null => {
  const leads =
    principal.kind === 'user' &&
    principal.grants.some(({ role, wardId }) => role === 'clinical_lead' && wardId === null);
  if (!leads) return refuse('FORBIDDEN', { needs: ['clinical_lead'], on: 'every ward' });
  return principal.id === editedBy ? refuse('SEPARATION_OF_DUTIES') : null;
};

const unreadable = (issues: Parameters<typeof pathsOf>[0]): Refusal =>
  refuse('CONFLICT', { reason: 'no longer valid in this release', paths: pathsOf(issues) });

const store = async (tx: Tx, packs: NewRulePacks): Promise<RulePacksView | Refusal> => {
  const { id, number, sha256 } = await insertRulePacks(tx, packs);
  const action = packs.restores === null ? 'rule-packs.edit' : 'rule-packs.roll-back';
  await recordOf(tx, { action, id, sha256, detail: { number, restores: packs.restores } });
  return shownAgain(tx, id);
};

const recordOf = (
  tx: Tx,
  { action, id, sha256, detail }: { action: string; id: string; sha256: string; detail: Record<string, unknown> },
): Promise<void> =>
  record(tx, {
    audit: { action, entityType: 'rule-pack-set', entityId: id, after: sha256, detail },
    changed: { topic: 'rule-packs', entityId: id, wardId: null },
  });

const shownAgain = async (tx: Tx, id: string): Promise<RulePacksView | Refusal> => showRulePacks(id)(tx);

const viewOf = async (tx: Tx, found: RulePackVersion): Promise<RulePacksView> => ({
  ...plainOf(found),
  version: await rulePackRevision(tx),
  content: (await rulePackContent(tx, found.id)) as Record<string, unknown>,
});

const plainOf = ({ editedAt, approvedAt, effectiveFrom, ...plain }: RulePackVersion) => ({
  ...plain,
  editedAt: editedAt.toISOString(),
  approvedAt: approvedAt?.toISOString() ?? null,
  effectiveFrom: effectiveFrom?.toISOString() ?? null,
});
