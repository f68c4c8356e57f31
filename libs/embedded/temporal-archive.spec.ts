import { createHash } from 'node:crypto';
import { archiveName, checkSum } from './temporal-archive';

describe('the official archive', () => {
  it('has a name for each platform the release has', () => {
    expect(archiveName('linux', 'x64')).toBe('temporal_1.30.9_linux_amd64.tar.gz');
    expect(archiveName('darwin', 'arm64')).toBe('temporal_1.30.9_darwin_arm64.tar.gz');
    expect(archiveName('aix', 'ppc64')).toBeNull();
    expect(archiveName('linux', 'ia32')).toBeNull();
  });

  const archive = Buffer.from('an archive');
  const sum = createHash('sha256').update(archive).digest('hex');

  it('is taken with its published checksum, in either form of the list', () => {
    expect(checkSum(archive, 'a.tar.gz', `${'0'.repeat(64)}  b.tar.gz\n${sum}  a.tar.gz\n`)).toBeNull();
    expect(checkSum(archive, 'a.tar.gz', `${sum.toUpperCase()} *a.tar.gz`)).toBeNull();
  });

  it('is refused with another checksum, and when the list does not name it', () => {
    expect(checkSum(archive, 'a.tar.gz', `${'0'.repeat(64)}  a.tar.gz`)).toContain('checksum');
    expect(checkSum(archive, 'a.tar.gz', `${sum}  a.tar.gz.sig`)).toContain('do not list');
    expect(checkSum(archive, 'a.tar.gz', '')).toContain('do not list');
  });
});
