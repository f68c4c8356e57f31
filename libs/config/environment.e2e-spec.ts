import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderEnvExample } from './describe-config';
import { readEnvironment } from './environment';
import { loadConfig } from './load-config';

describe('readEnvironment', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'env-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the process’s environment where there is no .env', () => {
    expect(readEnvironment(folder)).toEqual(process.env);
  });

  it('adds what .env says, under what the process was given', () => {
    writeFileSync(join(folder, '.env'), 'LOG_LEVEL="debug"\n# API_PORT=1\nPATH=/nowhere\n');
    const env = readEnvironment(folder);
    expect(env['LOG_LEVEL']).toBe('debug');
    expect(env['PATH']).toBe(process.env['PATH']);
    expect(env['API_PORT']).toBe(process.env['API_PORT']);
  });

  it('reads a secret from a real file', () => {
    const file = join(folder, 'key');
    writeFileSync(file, 'from-a-file\n');
    const loaded = loadConfig({ DEEPSEEK_API_KEY_FILE: file }, { part: 'start' });
    expect(loaded.ok && loaded.config.model.apiKey).toBe('from-a-file');
  });
});

describe('.env.example', () => {
  it('is what the schema says', () => {
    expect(readFileSync(join(__dirname, '../../.env.example'), 'utf8')).toBe(renderEnvExample());
  });
});
