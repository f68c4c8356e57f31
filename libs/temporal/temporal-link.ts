import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { type GrpcFault, grpcFaultOf } from './grpc-fault';
import { identityOf, securityOf, type TemporalSettings } from './temporal-settings';

/** What Temporal is to us right now; `namespace-missing` also holds for the first seconds after it was registered. */
export type TemporalState = 'ready' | Exclude<GrpcFault, 'already-started' | 'not-found' | 'invalid'>;

/** A client's connection that never blocks a start: it is made at the first call and made again after each outage. */
export interface TemporalLink {
  readonly connection: Connection;
  readonly namespace: string;
  readonly identity: string;
  /** Asks for the namespace; answers within the given milliseconds (default 1000). */
  readonly state: (withinMs?: number) => Promise<TemporalState>;
  readonly close: () => Promise<void>;
}

// gRPC would wait up to two minutes between attempts; the desk should notice a returned Temporal in two seconds.
const channelArgs = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 2000 };

const stateAfter = (fault: GrpcFault): TemporalState => {
  if (fault === 'denied') return 'denied';
  return fault === 'not-found' || fault === 'namespace-missing' ? 'namespace-missing' : 'unavailable';
};

const stateOf = async (connection: Connection, namespace: string, withinMs: number): Promise<TemporalState> => {
  const ask = () => connection.workflowService.describeNamespace({ namespace });
  try {
    await connection.withDeadline(Date.now() + withinMs, ask);
    return 'ready';
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    return stateAfter(grpcFaultOf(error));
  }
};

/** Opens the way to Temporal without waiting for it; `part` (api, worker …) becomes the identity Temporal stores. */
export const connectTemporal = (settings: TemporalSettings, part: string): TemporalLink => {
  const connection = Connection.lazy({ address: settings.address, channelArgs, ...securityOf(settings) });
  return {
    connection,
    namespace: settings.namespace,
    identity: identityOf(part),
    state: (withinMs = 1000) => stateOf(connection, settings.namespace, withinMs),
    close: () => connection.close(),
  };
};

/** The SDK's client over a link, for what needs handles (describe, query, histories). */
export const temporalClient = (link: TemporalLink, dataConverter: DataConverter): Client =>
  new Client({ connection: link.connection, namespace: link.namespace, identity: link.identity, dataConverter });
