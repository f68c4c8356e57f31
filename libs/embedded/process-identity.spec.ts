import { parseStat } from './process-identity';

const stat = (name: string, state: string) =>
  `4711 (${name}) ${state} 1234 4711 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 262213 229376 1 18446744073709551615`;

describe('parseStat', () => {
  it('reads state, parent and start', () => {
    expect(parseStat(stat('node', 'S'))).toEqual({ state: 'S', parent: 1234, startTick: '262213' });
  });

  it('is not fooled by a name with spaces and parentheses', () => {
    expect(parseStat(stat('a) Z 1 (b', 'R'))).toEqual({ state: 'R', parent: 1234, startTick: '262213' });
  });
});
