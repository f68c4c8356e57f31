// The product that the browser tests drive: a throw-away installation of its own. Says in one line of JSON how it is
// reached, and ends with everything it made when its standard input ends, whatever became of the test that held it.
const { inThrowAway } = require('../../../dist/apps/cli/src/demo/throw-away.js');
const { readDemoLogins } = require('../../../dist/apps/cli/src/seed/demo-files.js');
const { actingForInstallation } = require('../../../dist/libs/db/for-installation.js');

const room = process.argv.includes('--room') ? { leaveOut: [] } : {};
const over = new Promise((resolve) => process.stdin.resume().once('end', resolve).once('error', resolve));
// Ctrl-C reaches us as well; the test ends then, and with it our standard input.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => undefined);

const say = (line) => process.stderr.write(`${line}\n`);

inThrowAway({ env: process.env, say, ...room }, async (installation) => {
  const site = {
    url: installation.addresses.api,
    logins: readDemoLogins(installation.stateDir),
    databaseUrl: actingForInstallation(installation.env.DATABASE_MIGRATION_URL),
    modelPids: installation.pids().rehearsal,
  };
  process.stdout.write(`${JSON.stringify(site)}\n`);
  await over;
}).then(
  () => process.exit(0),
  (thrown) => {
    say(String(thrown?.stack ?? thrown));
    process.exit(1);
  },
);
