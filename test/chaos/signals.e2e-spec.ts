import { shareInstallation } from '../support/installation-suite';
import { escalation } from './escalation.suite';
import { forged } from './forged.suite';
import { outage } from './outage.suite';
import { repeatedSignals } from './repeated-signals.suite';

jest.setTimeout(600_000);

describe('Temporal', () => {
  const broken = new Set<string>();
  const chaos = shareInstallation({ childEnv: { COUNTERSIGN_TIME_SCALE: '0.02' }, exempt: broken });

  describe('away', () => outage(chaos));
  describe('telling time', () => escalation(chaos));
  describe('repeating itself', () => repeatedSignals(chaos));
  describe('in a stranger’s hands', () => forged(chaos, broken));
});
