import { actingForInstallation } from '#libs/db/for-installation';
import { connectDataSource } from '#libs/db/data-source';
import { createFieldCipher } from '#libs/db/field-cipher';
import { insertPatient } from '#libs/db/stores/patient.store';
import { createInTransaction } from '#libs/db/transaction';
import { type TestInstallation } from '../support/installation';
import { ringOf } from '../support/installation-temporal';
import { inLanes, range } from '../support/installation-wait';

const perTransaction = 500;

/** Fills the ledger with so many patients who are not there today. */
export const seedPatients = async (site: TestInstallation, count: number): Promise<void> => {
  const url = actingForInstallation(site.installation.env['DATABASE_MIGRATION_URL']!);
  const source = await connectDataSource({ url, poolSize: 4, applicationName: 'nightly-seed' });
  try {
    const inTransaction = createInTransaction(source, createFieldCipher(await ringOf(site)));
    const { organisationId } = site.hospital;
    const seeder = { kind: 'system', name: 'seed', organisationId } as const;
    await inLanes(range(Math.ceil(count / perTransaction)), 4, (batch) =>
      inTransaction(seeder, async (tx) => {
        for (const at of range(Math.min(perTransaction, count - batch * perTransaction)))
          await insertPatient(tx, patient(batch * perTransaction + at));
      }),
    );
  } finally {
    await source.destroy();
  }
};

const patient = (at: number): Parameters<typeof insertPatient>[1] => ({
  name: `病人${at}`,
  sex: at % 2 === 0 ? 'female' : 'male',
  birthDate: '1970-01-02',
  ageDays: null,
  ageEstimated: false,
  phone: null,
  address: null,
  unidentified: false,
  identifiers: [{ authority: 'hospital', type: 'MR', value: `S${String(at).padStart(8, '0')}` }],
});
