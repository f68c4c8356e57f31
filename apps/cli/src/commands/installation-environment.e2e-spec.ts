import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installationEnvironment } from './installation-environment';

describe('the environment of a command', () => {
  const state = mkdtempSync(join(tmpdir(), 'countersign-env-'));
  const env = { COUNTERSIGN_STATE_DIR: state };
  const write = (name: string, value: unknown) => writeFileSync(join(state, name), JSON.stringify(value));
  beforeAll(() => {
    write('secrets.json', { postgres: 'p', owner: 'o', app: 'a', temporal: 't' });
    write('ports.json', { postgres: 5001, 'temporal-frontend': 5002, rehearsal: 5003, api: 5004 });
    writeFileSync(join(state, 'kek'), 'x');
  });
  afterAll(() => rmSync(state, { recursive: true, force: true }));

  it('finds the parts that a start embedded', () => {
    expect(installationEnvironment(env)).toEqual({
      ...env,
      DATABASE_URL: 'postgresql://countersign_app:a@127.0.0.1:5001/countersign',
      DATABASE_MIGRATION_URL: 'postgresql://countersign_owner:o@127.0.0.1:5001/countersign',
      TEMPORAL_ADDRESS: '127.0.0.1:5002',
      DEEPSEEK_BASE_URL: 'http://127.0.0.1:5003/v1',
      DEEPSEEK_MODEL: 'rehearsal-deepseek',
      API_PORT: '5004',
      COUNTERSIGN_KEK_FILE: join(state, 'kek'),
    });
  });

  it('leaves what is given as it is', () => {
    const given = {
      ...env,
      DATABASE_URL: 'postgresql://x@h/d',
      TEMPORAL_ADDRESS: 'h:7233',
      DEEPSEEK_BASE_URL: 'http://10.0.0.1/v1',
      API_PORT: '80',
      COUNTERSIGN_KEK_FILE: '/etc/kek',
    };
    expect(installationEnvironment(given)).toEqual(given);
  });

  it('gives production nothing of the demo', () => {
    const production = { ...env, COUNTERSIGN_PROFILE: 'production' };
    expect(installationEnvironment(production)).toEqual(production);
  });

  it('adds nothing where nothing was ever started', () => {
    const none = { COUNTERSIGN_STATE_DIR: join(state, 'none') };
    expect(installationEnvironment(none)).toEqual(none);
  });
});
