import { google } from '@temporalio/proto';
import { grpcFaultOf, type GrpcError } from './grpc-fault';

const errorWith = (code: number, detailType?: string): GrpcError => {
  const type_url = `type.googleapis.com/temporal.api.errordetails.v1.${detailType}`;
  const bytes = Buffer.from(google.rpc.Status.encode({ code, details: detailType ? [{ type_url }] : [] }).finish());
  return { code, metadata: { get: (key) => (key === 'grpc-status-details-bin' ? [bytes] : []) } };
};

describe('grpcFaultOf', () => {
  it.each([
    [3, undefined, 'invalid'],
    [5, undefined, 'not-found'],
    [5, 'NotFoundFailure', 'not-found'],
    [5, 'NamespaceNotFoundFailure', 'namespace-missing'],
    [6, 'WorkflowExecutionAlreadyStartedFailure', 'already-started'],
    [7, 'PermissionDeniedFailure', 'denied'],
    [16, undefined, 'denied'],
    [12, undefined, 'invalid'],
  ])('code %i with %s is %s', (code, detail, fault) => {
    expect(grpcFaultOf(errorWith(code, detail))).toBe(fault);
  });

  it.each([1, 2, 4, 8, 9, 10, 13, 14, 15, 99])(
    'code %i may pass: it is unavailable, so nothing is given up',
    (code) => {
      expect(grpcFaultOf(errorWith(code))).toBe('unavailable');
    },
  );

  it('manages without status details', () => {
    expect(grpcFaultOf({ code: 5, metadata: { get: () => [] } })).toBe('not-found');
    expect(grpcFaultOf({ code: 5, metadata: { get: () => ['text'] } })).toBe('not-found');
  });
});
