import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { siteVariable } from './site';

const readyMs = 240_000;

/** Starts the product for a run and ends it after; what it says meanwhile is shown when it does not come up. */
const startProduct = async (): Promise<() => Promise<void>> => {
  // One that somebody holds already, to write specs against.
  if (process.env[siteVariable]) return async () => undefined;
  const room = process.env['COUNTERSIGN_SHOTS'] === '1' ? ['--room'] : [];
  const { COUNTERSIGN_BROWSER_REPORT: _report, PLAYWRIGHT_JSON_OUTPUT_FILE: _file, ...env } = process.env;
  const child = spawn(process.execPath, ['--conditions=dist', join(__dirname, 'product.cjs'), ...room], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...env, NODE_OPTIONS: '' },
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  process.env[siteVariable] = await saidBy(child);
  return async () => {
    child.stdin?.end();
    await exited;
  };
};

const saidBy = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let [said, log] = ['', ''];
    const failed = (why: string) => (): void => reject(new Error(`the product did not start: ${why}\n${log}`));
    const late = setTimeout(failed(`not within ${readyMs} ms`), readyMs);
    child.stderr?.on('data', (data: Buffer) => (log += data.toString()));
    child.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      const end = said.indexOf('\n');
      if (end < 0) return;
      clearTimeout(late);
      resolve(said.slice(0, end));
    });
    child.once('close', failed('it ended'));
  });

// oxlint-disable-next-line import/no-default-export -- Playwright takes the set-up of a run from here
export default startProduct;
