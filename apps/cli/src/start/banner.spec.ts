import { banner } from './banner';

const outcome = {
  address: 'http://127.0.0.1:3000',
  logins: [],
  stateDir: '/co/.countersign',
  dataFolder: null,
  seconds: 3.14,
  demo: true,
};
const login = { username: 'nurse1', password: 'p-long-one', role: 'triage nurse', name: '李芳' };

describe('the end of a start', () => {
  it('says address, state, logs and how to stop', () => {
    const text = banner(outcome).join('\n');
    for (const part of ['http://127.0.0.1:3000', '/co/.countersign/logs', 'Ctrl-C', '--fresh', '3.1 s'])
      expect(text).toContain(part);
    expect(text).not.toContain('demo data');
  });

  it('shows the demo logins as demo data', () => {
    const lines = banner({ ...outcome, logins: [login, { ...login, username: 'a', password: 'p' }] });
    expect(lines.join('\n')).toContain('demo data');
    expect(lines.find((line) => line.includes('nurse1'))).toMatch(/nurse1 {2}p-long-one {2}triage nurse, 李芳/);
    expect(lines.find((line) => / a {7}/.test(line))).toContain('p           triage nurse');
  });

  it('suggests to begin anew only where the data are made up', () => {
    expect(banner({ ...outcome, demo: false }).join('\n')).not.toContain('--fresh');
  });

  it('names a data folder outside the state folder, and only then', () => {
    const state = (dataFolder: string): string =>
      banner({ ...outcome, dataFolder }).find((line) => line.includes('state '))!;
    expect(state('/var/lib/countersign/ab/postgres')).toContain('and /var/lib/countersign/ab/postgres');
    expect(state('/co/.countersign/postgres')).not.toContain(' and ');
  });
});
