import type { PortWish } from '#libs/embedded/ports';
import { textOf } from '#libs/embedded/start-error';
import { chooseOtherPorts, choosePorts, portOf } from './service-ports';
import { environmentOf, type Site } from './site';
import type { StartOptions } from './start-options';

/** A port book that gives what was asked for, then what is preferred, then 20001, 20002 … */
const siteWith = (options: Partial<StartOptions> = {}) => {
  const [wishes, forgotten, said]: [PortWish[], string[], string[]] = [[], [], []];
  let random = 20_000;
  const ports = {
    choose: async (wish: PortWish) => {
      wishes.push(wish);
      return wish.asked ?? (forgotten.includes(wish.part) ? undefined : wish.preferred) ?? ++random;
    },
    forget: (part: string) => void forgotten.push(part),
  };
  const site = {
    options: { stateDir: '/state', env: {}, ...options },
    state: { ports },
    say: (line: string) => said.push(line.trim()),
    findings: {},
  } as unknown as Site;
  return { site, wishes, forgotten, said };
};

describe('the ports of the services', () => {
  it('reach the children by environment', async () => {
    const { site } = siteWith();
    await choosePorts(site, ['api', 'worker', 'rehearsal']);
    expect(environmentOf(site)).toEqual({
      API_PORT: '3000',
      METRICS_PORT: '20001',
      WORKER_HEALTH_PORT: '20002',
      REHEARSAL_PORT: '20003',
    });
    expect(portOf(site, 'METRICS_PORT')).toBe(20_001);
  });

  it('are the ones of the environment, the one of the command line before all', async () => {
    const env = { API_PORT: '81', METRICS_PORT: '82', WORKER_HEALTH_PORT: 'none' };
    const asked = async (options: Partial<StartOptions>): Promise<(number | undefined)[]> => {
      const { site, wishes } = siteWith(options);
      await choosePorts(site, ['api', 'worker']);
      return wishes.map((wish) => wish.asked);
    };
    expect(await asked({ env })).toEqual([81, 82, undefined]);
    expect(await asked({ env, port: 80 })).toEqual([80, 82, undefined]);
  });

  it('are told to the person when the usual one was not to be had', async () => {
    const usual = siteWith();
    await choosePorts(usual.site, ['api']);
    expect(usual.said).toEqual([]);
    const other = siteWith({ port: 8080 });
    await choosePorts(other.site, ['api']);
    expect(other.said).toEqual(['port of api: 8080']);
  });

  it('are chosen again for a service that lost one, and the lost one is forgotten', async () => {
    const { site, forgotten } = siteWith();
    await choosePorts(site, ['api', 'worker']);
    const worker = portOf(site, 'WORKER_HEALTH_PORT');
    expect(await chooseOtherPorts(site, 'api')).toBe(true);
    expect(forgotten).toEqual(['api', 'metrics']);
    expect(portOf(site, 'API_PORT')).not.toBe(3000);
    expect(portOf(site, 'WORKER_HEALTH_PORT')).toBe(worker);
  });

  it('are not changed behind the back of a person who asked for them', async () => {
    const { site, forgotten } = siteWith({ env: { API_PORT: '81', METRICS_PORT: '82' } });
    await choosePorts(site, ['api']);
    expect(await chooseOtherPorts(site, 'api')).toBe(false);
    expect(forgotten).toEqual([]);
    expect(portOf(site, 'API_PORT')).toBe(81);
  });

  it('end a start when the book has none', async () => {
    const { site } = siteWith();
    const book = {
      choose: async () => Promise.reject(new Error('port 81 for api is in use')),
      forget: () => undefined,
    };
    const failed = choosePorts({ ...site, state: { ...site.state, ports: book } }, ['api']);
    expect(await failed.then(() => 'chosen', textOf)).toContain('in use');
  });
});

describe('the environment of a child', () => {
  it('has what the caller insists on above all', async () => {
    const { site } = siteWith({ env: { A: 'ours', API_PORT: '81' }, childEnv: { API_PORT: '99', B: 'insisted' } });
    await choosePorts(site, ['api']);
    expect(environmentOf(site, { C: 'own' })).toMatchObject({ A: 'ours', API_PORT: '99', B: 'insisted', C: 'own' });
  });
});
