jest.mock('zod', () => {
  throw new Error('zod was loaded');
});

describe('what workflow code may import', () => {
  it.each(['./triage.level', './triage.rules', './triage.queue', './triage.questions'])(
    '%s runs without zod',
    (file) => {
      expect(() => jest.requireActual<object>(file)).not.toThrow();
    },
  );

  it('would notice: the schemas of an assessment do load zod', () => {
    expect(() => jest.requireActual<object>('./triage.assessment')).toThrow('zod was loaded');
  });
});
