import * as fc from 'fast-check';
import { choosePort } from './ports';
import { textOf } from './start-error';

const probes = (free: (port: number) => boolean, randoms: number[] = []) => ({
  isFree: async (port: number) => free(port),
  random: () => randoms.shift() ?? 20_000,
});

describe('choosePort', () => {
  it('takes the port that was asked for', async () => {
    expect(
      await choosePort(
        { part: 'api', asked: 80, preferred: 3000 },
        new Set(),
        probes(() => true),
      ),
    ).toBe(80);
  });

  it('refuses a port that was asked for and is in use, and names it', async () => {
    const choice = choosePort(
      { part: 'api', asked: 80 },
      new Set(),
      probes((port) => port !== 80),
    );
    await expect(choice).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    expect(await choice.catch(textOf)).toContain('port 80 for api is in use');
  });

  it('refuses a port that was asked for and is another part’s', async () => {
    const choice = choosePort(
      { part: 'api', asked: 80 },
      new Set([80]),
      probes(() => true),
    );
    await expect(choice).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  });

  it('takes the preferred port when it is free, another one when it is not', async () => {
    const wish = { part: 'api', preferred: 3000 };
    expect(
      await choosePort(
        wish,
        new Set(),
        probes(() => true),
      ),
    ).toBe(3000);
    expect(
      await choosePort(
        wish,
        new Set(),
        probes((port) => port !== 3000, [17_000]),
      ),
    ).toBe(17_000);
  });

  it('never gives a port that is in use or another part’s', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { maxLength: 20 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { maxLength: 20 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
        async (busy, others, randoms) => {
          const random = () => randoms.next().value ?? 1;
          const isFree = async (port: number) => !busy.includes(port);
          const port = await choosePort({ part: 'x', preferred: 7 }, new Set(others), { isFree, random });
          expect(busy).not.toContain(port);
          expect(others).not.toContain(port);
        },
      ),
    );
  });

  it('gives up with an error when nothing is free', async () => {
    const choice = choosePort(
      { part: 'api' },
      new Set(),
      probes(() => false),
    );
    await expect(choice).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  });
});
