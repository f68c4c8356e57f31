import { type Command } from 'commander';
import { type AnyConfig } from '#libs/config/config';
import { configError } from '#libs/config/config-error';
import { printableConfig } from '#libs/config/printable-config';
import { modelAddressRule } from '#libs/config/rules';
import { guardUrl } from '#libs/llm/egress';
import { exitWith, loadOrExit } from '../load-or-exit';

/** Adds `config check` and `config print`. */
export const registerConfig = (program: Command): void => {
  const config = program.command('config').description('the configuration of this installation');
  config
    .command('check')
    .description('check every variable; lists all errors at once and ends with code 2 when there are any')
    .action(async () => {
      const loaded = loadOrExit('check');
      if (await isElsewhere(loaded)) exitWith([configError('DEEPSEEK_BASE_URL', modelAddressRule)]);
      console.log(`configuration ok (profile ${loaded.profile})`);
    });
  config
    .command('print')
    .description('print the effective configuration with secrets hidden')
    .action(() => console.log(JSON.stringify(printableConfig(loadOrExit('check')), null, 2)));
};

/* A name without an answer is a model that is away, which is a normal state. */
const isElsewhere = async ({ model: { baseUrl, ...rules } }: AnyConfig): Promise<boolean> => {
  const guarded = baseUrl === undefined ? null : guardUrl(baseUrl, rules);
  if (!baseUrl || !guarded?.ok) return false;
  const verdict = await guarded.guard.addressesOf(new URL(baseUrl).hostname);
  return !verdict.ok && verdict.reason === 'address-refused';
};
