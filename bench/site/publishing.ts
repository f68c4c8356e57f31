import { startPublisher } from '../../apps/worker/src/publisher/publisher';
import { startListener } from '../../apps/worker/src/wake/listener';
import { createLog } from '../../apps/worker/src/log';
import { type BenchSite } from './bench-site';

/** Numbers changes as a worker does, with its own publisher, at a site without workers. */
export const publishChangesAt = ({ installation, ledger, closing }: BenchSite): void => {
  const publisher = startPublisher({ inTransaction: ledger.inTransaction, log: createLog('warn') });
  const url = installation.env['DATABASE_URL'] ?? '';
  const listener = startListener({ url, wakes: { countersign_change: publisher.wake } });
  closing(publisher.stop);
  closing(listener.stop);
};
