/** The ports of the four services, each with one for calls and one for membership. */
export interface TemporalPorts {
  readonly frontend: ServicePorts;
  readonly history: ServicePorts;
  readonly matching: ServicePorts;
  readonly worker: ServicePorts;
}

/** The two ports of one service. */
export interface ServicePorts {
  readonly grpc: number;
  readonly membership: number;
}

/** Where Temporal keeps its state. */
export interface TemporalStore {
  /** host:port */
  readonly address: string;
  readonly user: string;
  readonly password: string;
}

/** The names of Temporal's databases. */
export const temporalDatabases = { default: 'temporal', visibility: 'temporal_visibility' } as const;

/** The server's configuration file (YAML accepts JSON): all services in one process, on the loopback address only. */
export const temporalConfig = (ports: TemporalPorts, store: TemporalStore, dynamicConfigFile: string): object => ({
  log: { stdout: true, level: 'warn' },
  persistence: {
    defaultStore: 'default',
    visibilityStore: 'visibility',
    numHistoryShards: 4, // fixed for the life of the database
    datastores: {
      default: sqlStore(store, temporalDatabases.default, 20),
      visibility: sqlStore(store, temporalDatabases.visibility, 8),
    },
  },
  global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
  services: {
    frontend: service(ports.frontend),
    history: service(ports.history),
    matching: service(ports.matching),
    worker: service(ports.worker),
  },
  clusterMetadata: {
    enableGlobalNamespace: false,
    failoverVersionIncrement: 10,
    masterClusterName: 'active',
    currentClusterName: 'active',
    clusterInformation: {
      active: {
        enabled: true,
        initialFailoverVersion: 1,
        rpcName: 'frontend',
        rpcAddress: `127.0.0.1:${ports.frontend.grpc}`,
      },
    },
  },
  dcRedirectionPolicy: { policy: 'noop' },
  dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '60s' },
});

/** Settings for one machine: a new namespace is known within a second, no task queue is split, no Nexus. */
export const temporalDynamicConfig = {
  'system.namespaceCacheRefreshInterval': [{ value: '1s' }],
  'system.enableNexus': [{ value: false }],
  'matching.numTaskqueueReadPartitions': [{ value: 1 }],
  'matching.numTaskqueueWritePartitions': [{ value: 1 }],
} as const;

// Pool sizes are numbers and not text: the server refuses text only when it starts.
const sqlStore = (store: TemporalStore, databaseName: string, pool: number): object => ({
  sql: {
    pluginName: 'postgres12',
    databaseName,
    connectAddr: store.address,
    connectProtocol: 'tcp',
    user: store.user,
    password: store.password,
    maxConns: pool,
    maxIdleConns: pool,
    maxConnLifetime: '1h',
  },
});

const service = ({ grpc, membership }: ServicePorts): object => ({
  rpc: { grpcPort: grpc, membershipPort: membership, bindOnLocalHost: true },
});
