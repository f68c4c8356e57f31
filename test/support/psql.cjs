/* What the walk-through needs of psql, where it is not installed: runs the statements of a file, each by itself. */
const { readFileSync } = require('node:fs');
const { Client } = require('pg');

const main = async () => {
  const options = process.argv.slice(2);
  const file = options[options.indexOf('-f') + 1];
  const client = new Client({ connectionString: options.at(-1) });
  await client.connect();
  for (const statement of readFileSync(file, 'utf8').split(/;\s*\n/))
    if (statement.trim()) await client.query(statement);
  await client.end();
};

main().catch((thrown) => {
  process.stderr.write(`${thrown.message}\n`);
  process.exit(1);
});
