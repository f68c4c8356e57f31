/** One login of the demo hospital, as the seed writes them to `demo-logins.json` (0600). */
export interface DemoLogin {
  readonly username: string;
  readonly password: string;
  /** Role and name, for people. */
  readonly role: string;
  readonly name?: string;
}

/** What a person needs to know when everything runs. */
export interface Outcome {
  readonly address: string | null;
  readonly logins: readonly DemoLogin[];
  readonly stateDir: string;
  /** Data outside the state folder. */
  readonly dataFolder: string | null;
  readonly seconds: number;
  /** Whether the state is ours to begin anew: in production nothing here may suggest it. */
  readonly demo: boolean;
}

/** The lines at the end of a start. */
export const banner = ({ address, logins, stateDir, dataFolder, seconds, demo }: Outcome): string[] => [
  '',
  `Countersign is ready (${seconds.toFixed(1)} s).`,
  ...(address ? [`  address   ${address}`] : []),
  ...loginLines(logins),
  `  state     ${stateDir}${dataFolder && !dataFolder.startsWith(`${stateDir}/`) ? ` and ${dataFolder}` : ''}`,
  `  logs      ${stateDir}/logs`,
  `  stop      Ctrl-C here; start again with the same command, nothing is lost.${demo ? ' --fresh begins anew.' : ''}`,
  '',
];

const loginLines = (logins: readonly DemoLogin[]): string[] => {
  if (logins.length === 0) return [];
  const width = (pick: (login: DemoLogin) => string): number => Math.max(...logins.map((login) => pick(login).length));
  const [names, passwords] = [width(({ username }) => username), width(({ password }) => password)];
  return [
    '  logins    demo data: made-up people in a made-up hospital',
    ...logins.map(
      ({ username, password, role, name }) =>
        `            ${username.padEnd(names)}  ${password.padEnd(passwords)}  ${role}${name ? `, ${name}` : ''}`,
    ),
  ];
};
