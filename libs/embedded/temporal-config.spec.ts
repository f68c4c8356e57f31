import { temporalConfig, temporalDynamicConfig } from './temporal-config';

const ports = {
  frontend: { grpc: 1, membership: 2 },
  history: { grpc: 3, membership: 4 },
  matching: { grpc: 5, membership: 6 },
  worker: { grpc: 7, membership: 8 },
};
const store = { address: '127.0.0.1:5432', user: 'u', password: 'p' };

describe('the configuration of Temporal', () => {
  const config = temporalConfig(ports, store, '/dynamic.yaml') as {
    services: Record<string, { rpc: { grpcPort: number; membershipPort: number; bindOnLocalHost: boolean } }>;
    persistence: { numHistoryShards: number; datastores: Record<string, { sql: Record<string, unknown> }> };
  };

  it('listens on the loopback address only, each service on its own two ports', () => {
    const rpcs = Object.values(config.services).map(({ rpc }) => rpc);
    expect(rpcs.every(({ bindOnLocalHost }) => bindOnLocalHost)).toBe(true);
    expect(rpcs.flatMap(({ grpcPort, membershipPort }) => [grpcPort, membershipPort])).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    expect(JSON.stringify(config)).not.toContain('0.0.0.0');
  });

  it('has four shards and pools given as numbers', () => {
    expect(config.persistence.numHistoryShards).toBe(4);
    for (const { sql } of Object.values(config.persistence.datastores)) {
      expect(typeof sql['maxConns']).toBe('number');
      expect(typeof sql['maxIdleConns']).toBe('number');
      expect(sql).toMatchObject({ pluginName: 'postgres12', connectAddr: store.address, user: 'u' });
    }
  });

  it('knows a new namespace within a second and does not split task queues', () => {
    expect(temporalDynamicConfig).toMatchObject({
      'system.namespaceCacheRefreshInterval': [{ value: '1s' }],
      'matching.numTaskqueueReadPartitions': [{ value: 1 }],
      'matching.numTaskqueueWritePartitions': [{ value: 1 }],
    });
  });
});
