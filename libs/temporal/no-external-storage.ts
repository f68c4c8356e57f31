import { ExternalStorage, type Payload, type StorageDriver } from '@temporalio/common';
import { ExternalStorageRunner } from '@temporalio/common/lib/internal-non-workflow';
import { CountersignError } from '#libs/errors/errors';

const refuse = async (): Promise<never> => {
  throw new CountersignError('PAYLOAD_REJECTED', { reason: 'external-storage' });
};
const nowhere: StorageDriver = { name: 'nowhere', type: 'countersign.nowhere', store: refuse, retrieve: refuse };

/**
 * For a worker's data converter: stores nothing outside and hands references to outside storage on to the codec, which
 * refuses them like any other unencrypted payload.
 */
export const createNoExternalStorage = (): ExternalStorage => {
  // A worker of SDK 1.24 resolves references before the codec sees them and fails the workflow task, again and again,
  // when it cannot: one forged signal would block a case for ever. The option alone does not help, because a malformed
  // reference fails before any driver is asked. Proven by codec.e2e-spec.ts; look here first when the SDK is replaced.
  ExternalStorageRunner.prototype.retrieve = async (payloads: Payload[]): Promise<Payload[]> =>
    Promise.resolve(payloads);
  return new ExternalStorage({ drivers: [nowhere], driverSelector: () => null });
};
