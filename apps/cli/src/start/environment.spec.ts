import { childEnvironment, embeddedParts, profileOf } from './environment';

describe('what a start embeds', () => {
  it('is everything when nothing real is named', () => {
    expect(embeddedParts({})).toEqual({ postgres: true, database: true, temporal: true, model: true });
  });

  it('steps aside for what is named', () => {
    expect(embeddedParts({ DATABASE_URL: 'postgresql://x' })).toMatchObject({
      database: false,
      postgres: true,
      temporal: true,
    });
    expect(embeddedParts({ TEMPORAL_ADDRESS: 'x:7233' })).toMatchObject({
      temporal: false,
      postgres: true,
      database: true,
    });
    expect(embeddedParts({ DATABASE_URL: 'x', TEMPORAL_ADDRESS: 'x' })).toMatchObject({ postgres: false });
    expect(embeddedParts({ DEEPSEEK_BASE_URL: 'https://x' })).toMatchObject({ model: false });
  });

  it.each(['production', 'prod', 'staging'])('is nothing in profile %s', (profile) => {
    const parts = embeddedParts({ COUNTERSIGN_PROFILE: profile });
    expect(Object.values(parts)).toEqual([false, false, false, false]);
    expect(profileOf({ COUNTERSIGN_PROFILE: profile })).toBe(profile);
  });

  it('treats an empty variable as none', () => {
    expect(embeddedParts({ DATABASE_URL: '', COUNTERSIGN_PROFILE: '' }).database).toBe(true);
  });
});

describe('the environment of a child', () => {
  it('is ours, over it what was found, over it what the caller insists on', () => {
    const env = childEnvironment(
      { A: '1', API_PORT: '1', B: undefined },
      { API_PORT: '2', METRICS_PORT: '3' },
      { METRICS_PORT: '4' },
    );
    expect(env).toEqual({ A: '1', API_PORT: '2', METRICS_PORT: '4' });
  });

  it('keeps ours where nothing was found', () => {
    expect(childEnvironment({ DATABASE_URL: 'mine' }, {})).toEqual({ DATABASE_URL: 'mine' });
  });
});
