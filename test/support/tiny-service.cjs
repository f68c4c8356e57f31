// Stands in for the API, the worker or the model where a test is about the starter: listens where it was told, says 200.
const { appendFileSync } = require('node:fs');
const { createServer } = require('node:http');

const [variable, journal] = process.argv.slice(2);
const server = createServer((_request, response) => response.end(JSON.stringify({ pid: process.pid })));
server.listen(Number(process.env[variable]), '127.0.0.1');
process.on('SIGTERM', () => {
  if (journal) appendFileSync(journal, `${variable}\n`);
  process.exit(0);
});
