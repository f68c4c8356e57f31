import { v7 as uuidv7 } from 'uuid';
import { In, IsNull } from 'typeorm';
import { PreNoticeEntity } from '../entities/pre-notice.entity';
import { type Tx } from '../transaction';

/** A pre-notice to be stored; the content is sealed. */
export interface NewPreNotice {
  readonly wardId: string;
  readonly expectedAt: Date;
  readonly floor: string | null;
  readonly content: unknown;
}

/** Stores a pre-notice of the principal. */
export const insertPreNotice = async (tx: Tx, { content, ...plain }: NewPreNotice): Promise<PreNoticeEntity> => {
  const { principal } = tx;
  const id = uuidv7();
  await tx.manager.insert(PreNoticeEntity, {
    ...plain,
    id,
    organisationId: principal.organisationId,
    contentCt: tx.cipher.sealJson(['pre_notice', 'content_ct', id], content),
    announcedByKind: principal.kind,
    announcedBy: principal.kind === 'system' ? null : principal.id,
  });
  return now(tx, id);
};

/** A pre-notice of the principal's organisation; null when there is none. */
export const findPreNotice = (tx: Tx, id: string): Promise<PreNoticeEntity | null> =>
  tx.manager.findOneBy(PreNoticeEntity, { id, organisationId: tx.principal.organisationId });

/** {@link findPreNotice}, locked: taken before any case. */
export const lockPreNotice = (tx: Tx, id: string): Promise<PreNoticeEntity | null> =>
  tx.manager.findOne(PreNoticeEntity, {
    where: { id, organisationId: tx.principal.organisationId },
    lock: { mode: 'pessimistic_write' },
  });

/** Who is still expected on these wards (null: all within reach), the soonest first. */
export const expectedPreNotices = (tx: Tx, wards: readonly string[] | null): Promise<PreNoticeEntity[]> =>
  tx.manager.find(PreNoticeEntity, {
    where: {
      organisationId: tx.principal.organisationId,
      endedAt: IsNull(),
      ...(wards && { wardId: In([...wards]) }),
    },
    order: { expectedAt: 'ASC', id: 'ASC' },
  });

/** The pre-notice that became this case; null when none did. */
export const preNoticeOfCase = (tx: Tx, caseId: string): Promise<PreNoticeEntity | null> =>
  tx.manager.findOneBy(PreNoticeEntity, { caseId });

/** What a pre-notice says. */
export const preNoticeContent = (tx: Tx, notice: PreNoticeEntity): unknown =>
  tx.cipher.openJson(['pre_notice', 'content_ct', notice.id], notice.contentCt);

/** Why a pre-notice ended without an arrival; null while it did not. */
export const preNoticeReason = (tx: Tx, { id, reasonCt }: PreNoticeEntity): string | null =>
  reasonCt && tx.cipher.open(['pre_notice', 'reason_ct', id], reasonCt);

/** Corrects a locked pre-notice; answers how it stands then. */
export const correctPreNotice = async (
  tx: Tx,
  { id, version }: PreNoticeEntity,
  { content, ...plain }: Pick<NewPreNotice, 'expectedAt' | 'floor' | 'content'>,
): Promise<PreNoticeEntity> => {
  const contentCt = tx.cipher.sealJson(['pre_notice', 'content_ct', id], content);
  await tx.manager.update(PreNoticeEntity, { id }, { ...plain, contentCt, version: version + 1 });
  return now(tx, id);
};

/** How a pre-notice ends: as a case, or without an arrival and why. */
export type PreNoticeEnd =
  | { readonly state: 'arrived'; readonly caseId: string }
  | { readonly state: 'cancelled' | 'not-arrived'; readonly reason: string };

/** Ends a locked pre-notice for good, in the name of the principal; answers how it stands then. */
export const endPreNotice = async (
  tx: Tx,
  { id, version }: PreNoticeEntity,
  end: PreNoticeEnd,
): Promise<PreNoticeEntity> => {
  const { principal } = tx;
  await tx.manager.update(
    PreNoticeEntity,
    { id },
    {
      state: end.state,
      version: version + 1,
      endedAt: new Date(),
      endedByKind: principal.kind,
      endedBy: principal.kind === 'system' ? null : principal.id,
      ...('caseId' in end
        ? { caseId: end.caseId }
        : { reasonCt: tx.cipher.seal(['pre_notice', 'reason_ct', id], end.reason) }),
    },
  );
  return now(tx, id);
};

const now = ({ manager }: Tx, id: string): Promise<PreNoticeEntity> => manager.findOneByOrFail(PreNoticeEntity, { id });
