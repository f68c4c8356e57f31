import { shareInstallation } from '../support/installation-suite';
import { contended } from './contended.suite';
import { leaks } from './leaks.suite';
import { lostAnswers } from './lost-answers.suite';
import { regressions } from './regressions.suite';
import { sizes } from './sizes.suite';
import { unaudited } from './unaudited.suite';

jest.setTimeout(600_000);

describe('the desk', () => {
  const chaos = shareInstallation({ childEnv: { LOG_LEVEL: 'debug' } });

  describe('does what others got wrong', () => regressions(chaos));
  describe('with many hands on one review', () => contended(chaos));
  describe('whose answer is lost', () => lostAnswers(chaos));
  describe('without an audit', () => unaudited(chaos));
  describe('whose texts are too large', () => sizes(chaos));
  describe('and what patients told it', () => leaks(chaos));
});
