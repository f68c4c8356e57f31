import { loadConfig } from '#libs/config/load-config';
import { ownEnvironment } from './environment';

describe('the environment of a demonstration', () => {
  const running = {
    PATH: '/bin',
    HOME: '/home/x',
    TEMPORAL_SERVER_DIR: '/opt/temporal',
    COUNTERSIGN_PROFILE: 'production',
    COUNTERSIGN_STATE_DIR: '/srv/countersign',
    COUNTERSIGN_KEK_FILE: '/srv/kek',
    DATABASE_URL: 'postgresql://a:b@db/ledger',
    DEEPSEEK_API_KEY_FILE: '/run/key',
    TLS_CERT_FILE: '/srv/cert',
    API_PORT: '3000',
  };

  it('knows nothing of a running installation', () => {
    const own = ownEnvironment(running);
    for (const name of ['COUNTERSIGN_PROFILE', 'COUNTERSIGN_STATE_DIR', 'COUNTERSIGN_KEK_FILE', 'DATABASE_URL'])
      expect(own[name]).toBe('');
    for (const name of ['DEEPSEEK_API_KEY_FILE', 'TLS_CERT_FILE', 'API_PORT', 'DATABASE_MIGRATION_URL'])
      expect(own[name]).toBe('');
    const loaded = loadConfig(own, { part: 'start' });
    expect(loaded).toMatchObject({ ok: true, config: { profile: 'demo', database: { url: undefined } } });
  });

  it('keeps what belongs to the machine', () => {
    expect(ownEnvironment(running)).toMatchObject({
      PATH: '/bin',
      HOME: '/home/x',
      TEMPORAL_SERVER_DIR: '/opt/temporal',
    });
  });
});
