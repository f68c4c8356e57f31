import { type DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { operatorOf } from '../../apps/cli/src/commands/operator';
import { addOrganisation, addPerson, addWard } from '../../apps/cli/src/seed/people';
import { hashPassword } from '#libs/auth/password';
import { readKekFile } from '#libs/crypto/kek-file';
import { type KeyRing } from '#libs/crypto/key-ring';
import { connectDataSource } from '#libs/db/data-source';
import { createFieldCipher } from '#libs/db/field-cipher';
import { loadKeyRing } from '#libs/db/stores/key-ring.store';
import { type RolloutMode, rolloutSetting } from '#libs/db/stores/rollout.store';
import { readSetting, writeSetting } from '#libs/db/stores/setting.store';
import { createInTransaction, type InTransaction, type Tx } from '#libs/db/transaction';

/** A nurse who can sign in. */
export interface Nurse {
  readonly login: string;
  readonly password: string;
}

/** The ledger of the installation, with one hospital in it. */
export interface BenchLedger {
  readonly source: DataSource;
  readonly ring: KeyRing;
  readonly organisationId: string;
  readonly timeZone: string;
  /** The first ward. */
  readonly wardId: string;
  readonly wardIds: readonly string[];
  readonly nurses: readonly Nurse[];
  readonly inTransaction: InTransaction;
  /** Works in a transaction of whoever set the hospital up. */
  readonly asOperator: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Sets how far triage uses the model. */
  readonly rollOut: (mode: RolloutMode) => Promise<void>;
  readonly close: () => Promise<void>;
}

type Env = Readonly<Record<string, string>>;

const timeZone = 'Asia/Shanghai';

/** Opens the ledger as the application's role and founds a hospital: emergency wards, so many triage nurses. */
export const openBenchLedger = async (
  env: Env,
  { nurses: nurseCount, wards = 1 }: { readonly nurses: number; readonly wards?: number },
): Promise<BenchLedger> => {
  const source = await connectDataSource({ url: env['DATABASE_URL'] ?? '', applicationName: 'countersign-bench' });
  const ring = await openRing(source, env['COUNTERSIGN_KEK_FILE'] ?? '');
  const inTransaction = createInTransaction(source, createFieldCipher(ring));
  const operator = operatorOf(uuidv7());
  const nurses = Array.from({ length: nurseCount }, (_, i) => ({ login: `nurse${i}`, password: uuidv7() }));
  const asOperator: BenchLedger['asOperator'] = (work) => inTransaction(operator, work);
  const wardIds = await asOperator((tx) => foundHospital(tx, wards));
  await addNurses(inTransaction, operator, { nurses, wardIds });
  return {
    source,
    ring,
    organisationId: operator.organisationId,
    timeZone,
    wardId: wardIds[0] ?? '',
    wardIds,
    nurses,
    inTransaction,
    asOperator,
    rollOut: (mode) => asOperator((tx) => setRollout(tx, mode)),
    close: () => source.destroy(),
  };
};

/** Opens the key ring of a ledger with the key file of its installation. */
export const openRing = async (source: DataSource, kekFile: string): Promise<KeyRing> => {
  const read = await readKekFile(kekFile, { strict: false });
  if (!read.ok) throw new Error(`the key file cannot be used: ${read.reason}`);
  return loadKeyRing(source, read.kek, { create: true });
};

const foundHospital = async (tx: Tx, wards: number): Promise<string[]> => {
  await addOrganisation(tx, { name: '基准测试医院', timeZone, isDemo: true });
  const ids: string[] = [];
  for (let i = 0; i < wards; i++)
    ids.push(await addWard(tx, { code: `ED${i || ''}`, name: `急诊${i > 0 ? i + 1 : ''}` }));
  return ids;
};

const addNurses = async (
  inTransaction: InTransaction,
  operator: Parameters<InTransaction>[0],
  { nurses, wardIds }: { nurses: readonly Nurse[]; wardIds: readonly string[] },
): Promise<void> => {
  for (const [i, { login, password }] of nurses.entries()) {
    const passwordHash = await hashPassword(password);
    const person = {
      login,
      name: login,
      role: 'triage_nurse',
      wardIds: [wardIds[i % wardIds.length] ?? ''],
      licenceNo: null,
      passwordHash,
      temporary: false,
    } as const;
    await inTransaction(operator, (tx) => addPerson(tx, person));
  }
};

const setRollout = async (tx: Tx, mode: RolloutMode): Promise<void> => {
  const name = rolloutSetting('triage');
  const { version } = await readSetting(tx, name);
  await writeSetting(tx, name, { value: { mode }, version });
};
