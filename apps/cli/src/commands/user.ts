import { type Command, InvalidArgumentError, Option } from 'commander';
import { temporaryPasswordHours } from '#libs/auth/password-rules';
import { type Role, roles } from '#libs/auth/roles';
import { withLedger } from './ledger';
import { addUser, resetPassword } from './users';

interface AddFlags {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly ward?: readonly string[];
  readonly licence?: string;
  readonly organisation?: string;
}

/** Adds `user add` and `user password`: the first administrator, and whoever forgot a password. */
export const registerUser = (program: Command): void => {
  const user = program.command('user').description('people who sign in with a local account');
  user
    .command('add')
    .description('add a person; prints a temporary password once')
    .requiredOption('--login <login>', 'what they sign in with: a-z, 0-9, dot, dash, underscore', loginOf)
    .requiredOption('--name <name>', 'as it is printed beside their signature')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option('--ward <code...>', 'only on these wards (by their codes); otherwise on all')
    .option('--licence <number>', 'licence number, printed beside their signature')
    .option('--organisation <name>', 'founds the hospital, where there is none yet')
    .action((flags: AddFlags) =>
      withLedger('command', async (ledger) => tell(flags.login, await addUser(ledger, flags))),
    );
  user
    .command('password')
    .description('give a person a new temporary password, printed once; ends their sessions')
    .requiredOption('--login <login>', 'whose', loginOf)
    .action(({ login }: { login: string }) =>
      withLedger('command', async (ledger) => tell(login, await resetPassword(ledger, login))),
    );
};

const tell = (login: string, password: string): void => {
  console.log(`login     ${login}\npassword  ${password}`);
  console.log(
    `Shown once and stored nowhere. Good for ${temporaryPasswordHours} hours: whoever signs in with it must choose their own first.`,
  );
};

const loginOf = (text: string): string => {
  const login = text.toLowerCase();
  if (/^[a-z0-9._-]{2,64}$/.test(login)) return login;
  throw new InvalidArgumentError('a login has 2 to 64 of a-z, 0-9, dot, dash and underscore');
};
