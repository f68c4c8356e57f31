import { type Request } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { type Ask, entityIdOf, versionOf } from './ask';
import { pathsOf } from './validation';
import { changesState, routeOf } from './route';

const asked = (ifMatch: string | undefined): Ask => ({ ifMatch }) as Ask;

describe('versionOf', () => {
  it('reads one strong ETag of ours', () => {
    expect(versionOf(asked('"0"'))).toBe(0);
    expect(versionOf(asked('"417"'))).toBe(417);
  });

  it('needs it', () => {
    expect(() => versionOf(asked(undefined))).toThrow('VERSION_REQUIRED');
  });

  it.each(['', '*', '3', 'W/"3"', '"3", "4"', '"-1"', '"1e3"', '"9999999999"', ' "3"'])('refuses %p', (header) => {
    expect(() => versionOf(asked(header))).toThrow('VALIDATION_FAILED');
  });
});

describe('entityIdOf', () => {
  it('is the id of the path only when it is a uuid', () => {
    const id = uuidv7();
    expect(entityIdOf({ params: { id } } as unknown as Request)).toBe(id);
    expect(entityIdOf({ params: { id: '张三' } } as unknown as Request)).toBeUndefined();
    expect(entityIdOf({ params: {} } as unknown as Request)).toBeUndefined();
  });
});

describe('routeOf', () => {
  it('names the pattern, never the path; HEAD counts as GET', () => {
    const request = (method: string, path?: string) =>
      ({ method, url: '/secret', route: path && { path } }) as unknown as Request;
    expect(routeOf(request('HEAD', '/api/reviews/:id'))).toBe('GET /api/reviews/:id');
    expect(routeOf(request('POST', '/api/x'))).toBe('POST /api/x');
    expect(routeOf(request('GET'))).toBe('GET unmatched');
  });
});

describe('changesState', () => {
  it('holds for every method but those that only read', () => {
    expect(['GET', 'HEAD', 'OPTIONS'].some(changesState)).toBe(false);
    expect(['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PURGE'].every(changesState)).toBe(true);
  });
});

describe('pathsOf', () => {
  it('gives each path once, short, and at most fifty', () => {
    const issues = [
      { path: ['a', 0, 'b'] },
      { path: [{ key: 'a' }, { key: 0 }, 'b'] },
      { path: undefined },
      { path: ['x'.repeat(500)] },
      ...Array.from({ length: 100 }, (_, n) => ({ path: [n] })),
    ];
    const paths = pathsOf(issues);
    expect(paths.slice(0, 3)).toEqual(['a.0.b', '', 'x'.repeat(200)]);
    expect(paths).toHaveLength(50);
  });
});
