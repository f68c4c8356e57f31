import { nodeArguments, services, steps } from './programs';

describe('the programs of the product', () => {
  it('run from dist with its import map', () => {
    const args = nodeArguments(services.api, '/co');
    expect(args.at(-1)).toBe('/co/dist/apps/api/src/main.js');
    expect(args).toContain('--conditions=dist');
  });

  it('get their arguments, and may lie elsewhere', () => {
    expect(nodeArguments(steps.migrate, '/co').slice(-3)).toEqual(['/co/dist/apps/cli/src/main.js', 'db', 'migrate']);
    expect(nodeArguments({ entry: '/else/where.js', nodeOptions: [] }, '/co')).toEqual(['/else/where.js']);
  });

  it('each have a port of their own', () => {
    const ports = Object.values(services).flatMap(({ portVariable, otherPorts = [] }) => [portVariable, ...otherPorts]);
    expect(new Set(ports).size).toBe(ports.length);
  });
});
