import { randomBytes } from 'node:crypto';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow';
import { createRing, unwrapRing } from '#libs/crypto/key-ring';
import { createDataConverter } from './data-converter';
import { failureConverter } from './failure-converter';

const kek = randomBytes(32);
const ring = unwrapRing(kek, createRing(kek, new Date()));
const converterOf = (side: 'worker' | 'client') =>
  createDataConverter({ ring, namespace: 'countersign', side, onRejected: () => undefined });

describe('createDataConverter', () => {
  it.each(['worker', 'client'] as const)(
    'loads in the SDK with one codec and our failure converter on a %s',
    (side) => {
      const loaded = loadDataConverter(converterOf(side));
      expect(loaded.failureConverter).toBe(failureConverter);
      expect(loaded.payloadCodecs).toHaveLength(1);
    },
  );

  it('keeps storage outside out of a worker', async () => {
    const storage = converterOf('worker').externalStorage!;
    expect(storage.driverSelector({}, {})).toBeNull();
    for (const driver of storage.drivers) {
      await expect(driver.store({}, [])).rejects.toMatchObject({ code: 'PAYLOAD_REJECTED' });
      await expect(driver.retrieve({}, [])).rejects.toMatchObject({ code: 'PAYLOAD_REJECTED' });
    }
    expect(converterOf('client').externalStorage).toBeUndefined();
  });
});
