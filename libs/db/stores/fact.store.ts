import { v7 as uuidv7 } from 'uuid';
import { digestOf } from '#libs/crypto/digest';
import { FactEntity } from '../entities/fact.entity';
import { type Tx } from '../transaction';

/** A fact to be stored: what was found, when, and who recorded it. */
export interface NewFact {
  readonly caseId: string;
  readonly kind: 'assessment' | 'observation' | 'registration' | 'screening';
  /** `prehospital`: found by others before the patient arrived, told in a pre-notice. */
  readonly source: 'person' | 'feed' | 'device' | 'prehospital';
  readonly content: unknown;
  /** Vital signs in clear, for rules and lists; no identifying data. */
  readonly vitals: Readonly<Record<string, unknown>>;
  readonly effectiveAt: Date;
}

/** Stores an immutable fact of the principal. */
export const insertFact = async (tx: Tx, fact: NewFact): Promise<{ factId: string; sha256: string }> => {
  const id = uuidv7();
  const sha256 = digestOf(fact.content);
  const { principal } = tx;
  await tx.manager.insert(FactEntity, {
    id,
    caseId: fact.caseId,
    kind: fact.kind,
    source: fact.source,
    sha256,
    contentCt: tx.cipher.sealJson(['fact', 'content_ct', id], fact.content),
    vitals: { ...fact.vitals },
    effectiveAt: fact.effectiveAt,
    recordedByKind: principal.kind,
    recordedBy: principal.kind === 'system' ? null : principal.id,
  });
  return { factId: id, sha256 };
};

/** The content of a fact. */
export const factContent = (tx: Tx, fact: FactEntity): unknown =>
  tx.cipher.openJson(['fact', 'content_ct', fact.id], fact.contentCt);

/** The facts of a case, oldest first. */
export const factsOfCase = (tx: Tx, caseId: string): Promise<FactEntity[]> =>
  tx.manager.find(FactEntity, { where: { caseId }, order: { seq: 'ASC' } });

/** The latest assessment of a case; null before the first. */
export const latestAssessment = (tx: Tx, caseId: string): Promise<FactEntity | null> =>
  tx.manager.findOne(FactEntity, { where: { caseId, kind: 'assessment' }, order: { seq: 'DESC' } });
