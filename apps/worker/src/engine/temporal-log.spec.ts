import { pino } from 'pino';
import { temporalLogger } from './temporal-log';

describe('the log of the Temporal SDK', () => {
  const lines: Record<string, unknown>[] = [];
  const logger = temporalLogger(
    pino(
      { level: 'debug', base: null, timestamp: false },
      { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    ),
  );
  beforeEach(() => void lines.splice(0));

  it('keeps ids, names of ours and counts', () => {
    const meta = { workflowId: 'triage:1', activityType: 'commitTriage', attempt: 2, error: new TypeError('x') };
    logger.warn('Activity failed', meta);
    expect(lines).toEqual([
      {
        level: 40,
        workflowId: 'triage:1',
        activityType: 'commitTriage',
        attempt: 2,
        error: 'TypeError',
        msg: 'Activity failed',
      },
    ]);
  });

  it('drops everything else, messages of errors and unknown attachments above all', () => {
    logger.error('failed', {
      error: new Error('王小明'),
      args: ['王小明'],
      memo: { note: '王小明' },
      namespace: '王小明',
    });
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('王小明');
  });

  it('is loud for warnings and errors and quiet for the rest', () => {
    logger.trace('a');
    logger.debug('b');
    logger.info('c');
    logger.warn('d');
    logger.error('e');
    logger.log('INFO', 'f');
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      [20, 'a'],
      [20, 'b'],
      [20, 'c'],
      [40, 'd'],
      [50, 'e'],
      [20, 'f'],
    ]);
  });
});
