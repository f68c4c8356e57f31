import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerTls } from './tls';

describe('countersign tls', () => {
  let folder: string;
  let printed: string[];

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'countersign-tls-')), 'new');
    printed = [];
    jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(join(folder, '..'), { recursive: true });
  });

  const run = async (...args: string[]): Promise<void> => {
    const program = new Command('countersign').exitOverride().configureOutput({ writeErr: () => undefined });
    registerTls(program);
    for (const command of program.commands[0]?.commands ?? []) command.exitOverride();
    await program.parseAsync(['tls', ...args, '--folder', folder], { from: 'user' });
  };
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const certificate = (name: string): X509Certificate => new X509Certificate(text(name));
  const modeOf = (name: string): number => statSync(join(folder, name)).mode & 0o777;
  const init = () => run('init', '--host', 'desk.hospital.example', '10.0.0.7');

  it('init makes an authority and a certificate for the hosts, keys for their owner alone, and says what goes where', async () => {
    await init();
    const server = certificate('server.pem');
    expect(server.subjectAltName).toBe(
      'DNS:desk.hospital.example, IP Address:10.0.0.7, DNS:localhost, IP Address:127.0.0.1',
    );
    expect(server.checkIssued(certificate('ca.pem'))).toBe(true);
    expect(['ca.key', 'server.key', 'ca.pem', 'server.pem'].map(modeOf)).toEqual([0o600, 0o600, 0o644, 0o644]);
    const said = printed.join('\n');
    for (const part of [`TLS_CERT_FILE=${folder}/server.pem`, `Install ${folder}/ca.pem`, `请将 ${folder}/ca.pem`])
      expect(said).toContain(part);
    expect(said).not.toContain('PRIVATE KEY');
  });

  it('init overwrites nothing', async () => {
    await init();
    const before = ['ca.pem', 'ca.key', 'server.pem', 'server.key'].map(text);
    await expect(init()).rejects.toThrow('ca.pem is there already');
    rmSync(join(folder, 'ca.pem'));
    await expect(init()).rejects.toThrow('ca.key is there already');
    expect(['ca.key', 'server.pem', 'server.key'].map(text)).toEqual(before.slice(1));
  });

  it('renew keeps authority and hosts, and changes key and end', async () => {
    await init();
    const [ca, key, old] = [text('ca.pem'), text('server.key'), certificate('server.pem')];
    await run('renew', '--days', '90');
    const renewed = certificate('server.pem');
    expect([text('ca.pem'), renewed.subjectAltName]).toEqual([ca, old.subjectAltName]);
    expect(text('server.key')).not.toBe(key);
    expect(renewed.validToDate.getTime()).toBeLessThan(old.validToDate.getTime());
    expect(renewed.checkIssued(certificate('ca.pem'))).toBe(true);
    await run('renew', '--host', 'new.hospital.example');
    expect(printed.join('\n')).toContain('server.pem: new.hospital.example, localhost, 127.0.0.1');
  });

  it('client issues a certificate for who calls, once', async () => {
    await init();
    await run('client', '--name', 'countersign-worker');
    expect(certificate('countersign-worker.pem').subject).toBe('CN=countersign-worker');
    expect(modeOf('countersign-worker.key')).toBe(0o600);
    await expect(run('client', '--name', 'countersign-worker')).rejects.toThrow('there already');
  });

  it('without an authority says how to make one', async () => {
    await expect(run('renew')).rejects.toThrow('countersign tls init');
    await expect(run('client', '--name', 'his')).rejects.toThrow('countersign tls init');
  });

  it.each([
    ['init', '--host', '*.hospital.example'],
    ['init', '--host', 'desk:443'],
    ['init', '--host', 'desk', '--days', '3650'],
    ['client', '--name', '../server'],
    ['client', '--name', 'ca'],
  ])('refuses %s %s %s', async (...args) => {
    await expect(run(...args)).rejects.toThrow();
    expect(() => statSync(folder)).toThrow();
  });
});
