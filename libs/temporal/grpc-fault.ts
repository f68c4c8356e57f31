import { google } from '@temporalio/proto';

/**
 * What a refused call means to us. `not-found`: the workflow is unknown or closed. `invalid`: the request can never
 * succeed. `denied`: our credentials. `unavailable`: not now (also while the namespace is not there yet); ask again.
 */
export type GrpcFault = 'already-started' | 'not-found' | 'namespace-missing' | 'invalid' | 'denied' | 'unavailable';

/** The part of a gRPC error that is read; its message is not: it may repeat what was sent. */
export interface GrpcError {
  readonly code: number;
  readonly metadata: { get(key: string): readonly (string | Buffer)[] };
}

const byStatus: Readonly<Record<number, GrpcFault>> = {
  3: 'invalid', // INVALID_ARGUMENT
  5: 'not-found', // NOT_FOUND
  6: 'already-started', // ALREADY_EXISTS
  7: 'denied', // PERMISSION_DENIED
  12: 'invalid', // UNIMPLEMENTED
  16: 'denied', // UNAUTHENTICATED
};

const detailTypes = ({ metadata }: GrpcError): string[] => {
  const [bytes] = metadata.get('grpc-status-details-bin');
  if (!(bytes instanceof Uint8Array)) return [];
  return google.rpc.Status.decode(bytes).details.map(({ type_url }) => type_url ?? '');
};

const isNamespaceMissing = (error: GrpcError): boolean =>
  detailTypes(error).some((type) => type.endsWith('.NamespaceNotFoundFailure'));

/** Classifies a gRPC error of the Temporal service. */
export const grpcFaultOf = (error: GrpcError): GrpcFault => {
  const fault = byStatus[error.code] ?? 'unavailable';
  // The server answers NOT_FOUND for both; giving up on a signal because the namespace is new would lose it.
  return fault === 'not-found' && isNamespaceMissing(error) ? 'namespace-missing' : fault;
};
