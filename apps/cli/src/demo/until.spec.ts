import { until } from './until';

describe('waiting', () => {
  it('ends with the answer as soon as there is one', async () => {
    let asked = 0;
    expect(await until(async () => (++asked === 3 ? 'there' : null), 5000)).toBe('there');
    expect(asked).toBe(3);
  });

  it('ends with nothing when the time is over, having asked at least once', async () => {
    let asked = 0;
    expect(await until(async () => (asked++, null), 0)).toBeNull();
    expect(asked).toBe(1);
  });
});
