import { type Command } from 'commander';
import { OrganisationEntity } from '#libs/db/entities/organisation.entity';
import { WardEntity } from '#libs/db/entities/ward.entity';
import { addWard } from '../seed/people';
import { type CommandLedger, withLedger } from './ledger';
import { operatorOf } from './operator';

interface Ward {
  readonly code: string;
  readonly name: string;
}

/** Adds `ward add` and `ward list`; a ward's code is also its unit in the ADT feed. */
export const registerWard = (program: Command): void => {
  const ward = program.command('ward').description('the wards of the hospital');
  ward
    .command('add')
    .description('add a ward')
    .requiredOption('--code <code>', 'short and unique; the unit in PV1-3 of the ADT feed')
    .requiredOption('--name <name>', 'as people know it')
    .action((given: Ward) => withLedger('command', (ledger) => addNewWard(ledger, given)));
  ward
    .command('list')
    .description('list the wards')
    .action(() => withLedger('command', list));
};

/** Adds a ward, audited. Throws an error that says what to do when there is no hospital or the code is taken. */
export const addNewWard = async ({ source, inTransaction }: CommandLedger, ward: Ward): Promise<void> => {
  const [organisation] = await source.manager.find(OrganisationEntity, { take: 1 });
  if (!organisation) throw new Error('There is no hospital yet: see countersign user add --organisation');
  const { code, name } = ward;
  if (await source.manager.existsBy(WardEntity, { organisationId: organisation.id, code }))
    throw new Error(`There is a ward with the code ${code} already`);
  await inTransaction(operatorOf(organisation.id), (tx) => addWard(tx, { code, name }));
  console.log(`ward ${code}: ${name}`);
};

const list = async ({ source }: CommandLedger): Promise<void> => {
  const wards = await source.manager.find(WardEntity, { order: { code: 'ASC' } });
  wards.forEach(({ code, name }) => console.log(`${code.padEnd(8)} ${name}`));
};
