import { addressRanges, NEVER_CIDRS, plainAddress, PRIVATE_CIDRS } from './address';
import { type EgressRules, guardUrl } from './egress';

const verdict = (url: string, rules: EgressRules = {}): string => {
  const guarded = guardUrl(url, rules);
  return guarded.ok ? 'ok' : guarded.reason;
};

const resolveTo =
  (...addresses: string[]): EgressRules['resolve'] =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const named = async (rules: EgressRules, host = 'model.hospital.cn'): Promise<string> => {
  const guarded = guardUrl(`http://${host}:8000/v1`, rules);
  if (!guarded.ok) return guarded.reason;
  const answer = await guarded.guard.addressesOf(host);
  return answer.ok ? answer.addresses.map(({ address }) => address).join(' ') : answer.reason;
};

describe('an endpoint’s literal address', () => {
  it.each([
    'http://127.0.0.1:8000/v1',
    'http://10.0.0.8:8000/v1',
    'http://172.31.255.254/v1',
    'https://192.168.1.2/v1',
    'http://[::1]:8000/v1',
    'http://[fd12:3456::1]/v1',
    'http://[::ffff:10.0.0.8]/v1',
    'http://[::ffff:7f00:1]/v1',
    'http://localhost:8000/v1',
    'http://2130706433/v1', // 127.0.0.1 in decimal
    'http://0x7f000001/v1',
    'http://0177.0.0.1/v1',
    'http://127.1/v1',
    'http://１２７.0.0.1/v1',
  ])('may be %s', (url) => {
    expect(verdict(url)).toBe('ok');
  });

  it.each([
    ['http://8.8.8.8/v1', 'address-refused'],
    ['http://172.32.0.1/v1', 'address-refused'],
    ['http://100.64.0.1/v1', 'address-refused'],
    ['http://010.0.0.1/v1', 'address-refused'], // octal: 8.0.0.1
    ['http://134744072/v1', 'address-refused'], // 8.8.8.8 in decimal
    ['http://0x08080808/v1', 'address-refused'],
    ['http://8.8.2056/v1', 'address-refused'],
    ['http://[::ffff:8.8.8.8]/v1', 'address-refused'],
    ['http://[::ffff:808:808]/v1', 'address-refused'],
    ['http://[64:ff9b::8.8.8.8]/v1', 'address-refused'],
    ['http://[::127.0.0.1]/v1', 'address-refused'],
    ['http://[2001:4860:4860::8888]/v1', 'address-refused'],
    ['http://169.254.169.254/latest', 'address-refused'],
    ['http://[::ffff:169.254.169.254]/v1', 'address-refused'],
    ['http://[fd00:ec2::254]/v1', 'address-refused'],
    ['http://[fe80::1]/v1', 'address-refused'],
    ['http://0.0.0.0:8000/v1', 'address-refused'],
    ['http://[::]:8000/v1', 'address-refused'],
    ['http://0/v1', 'address-refused'],
    ['http://255.255.255.255/v1', 'address-refused'],
    ['http://224.0.0.1/v1', 'address-refused'],
    ['http://10.0.0.8@8.8.8.8/v1', 'url-credentials'],
    ['http://user:secret@10.0.0.8/v1', 'url-credentials'],
    ['http://:secret@10.0.0.8/v1', 'url-credentials'],
    ['ftp://10.0.0.8/v1', 'url-invalid'],
    ['file:///etc/passwd', 'url-invalid'],
    ['unix:/var/run/model.sock', 'url-invalid'],
    ['http://10.0.0.8/v1?key=secret', 'url-invalid'],
    ['http://10.0.0.8/v1#x', 'url-invalid'],
    ['http://10.0.0.256/v1', 'url-invalid'],
    ['http://[fe80::1%25eth0]/v1', 'url-invalid'],
    ['10.0.0.8:8000', 'url-invalid'],
    ['', 'url-invalid'],
  ])('may not be %s (%s)', (url, reason) => {
    expect(verdict(url)).toBe(reason);
  });

  it('may be in a range of the configuration, but never metadata or unspecified', () => {
    const rules = { allowedCidrs: ['100.64.0.0/10', '0.0.0.0/0', '::/0'] };
    expect(verdict('http://100.64.3.4/v1', rules)).toBe('ok');
    expect(verdict('http://169.254.169.254/v1', rules)).toBe('address-refused');
    expect(verdict('http://100.100.100.200/v1', rules)).toBe('address-refused');
    expect(verdict('http://0.0.0.0/v1', rules)).toBe('address-refused');
  });

  it('throws on a range that is none, so that a typing error is found at the start', () => {
    for (const cidr of ['10.0.0.0', '10.0.0.0/33', 'ten/8', '10.0.0.0/x', '']) {
      expect(() => guardUrl('http://10.0.0.8/v1', { allowedCidrs: [cidr] })).toThrow();
    }
  });
});

describe('an endpoint’s name', () => {
  it('is allowed when every answer is', async () => {
    expect(await named({ resolve: resolveTo('10.0.0.8', 'fd00::8') })).toBe('10.0.0.8 fd00::8');
  });

  it('is refused when one answer is public, in any order and spelling', async () => {
    expect(await named({ resolve: resolveTo('10.0.0.8', '8.8.8.8') })).toBe('address-refused');
    expect(await named({ resolve: resolveTo('8.8.8.8', '10.0.0.8') })).toBe('address-refused');
    expect(await named({ resolve: resolveTo('10.0.0.8', '::ffff:8.8.8.8') })).toBe('address-refused');
    expect(await named({ resolve: resolveTo('10.0.0.8', 'fe80::1%eth0') })).toBe('address-refused');
    expect(await named({ resolve: resolveTo('not an address') })).toBe('address-refused');
  });

  it('is unreachable without an answer', async () => {
    expect(await named({ resolve: resolveTo() })).toBe('unreachable');
    expect(await named({ resolve: () => Promise.reject(new Error('ENOTFOUND')) })).toBe('unreachable');
  });

  it('is judged anew each time, so that an answer that changes is refused', async () => {
    const answers = ['10.0.0.8', '8.8.8.8'];
    const resolve = async (): Promise<{ address: string; family: number }[]> => [
      { address: answers.shift() ?? '', family: 4 },
    ];
    const guarded = guardUrl('http://model.hospital.cn/v1', { resolve });
    if (!guarded.ok) throw new Error(guarded.reason);
    expect(await guarded.guard.addressesOf('model.hospital.cn')).toMatchObject({ ok: true });
    expect(await guarded.guard.addressesOf('model.hospital.cn')).toEqual({ ok: false, reason: 'address-refused' });
  });

  it('may be public only as an exact origin of the configuration', async () => {
    const resolve = resolveTo('8.8.8.8');
    const allowedOrigins = ['http://model.hospital.cn:8000'];
    expect(await named({ resolve, allowedOrigins })).toBe('8.8.8.8');
    expect(await named({ resolve, allowedOrigins }, 'other.hospital.cn')).toBe('address-refused');
    for (const other of ['https://model.hospital.cn:8000', 'http://model.hospital.cn', 'http://hospital.cn:8000']) {
      expect(await named({ resolve, allowedOrigins: [other] })).toBe('address-refused');
    }
    expect(await named({ resolve: resolveTo('169.254.169.254'), allowedOrigins })).toBe('address-refused');
  });

  it('is compared in ASCII, so that a look-alike is another origin', async () => {
    const resolve = resolveTo('8.8.8.8');
    const allowedOrigins = ['http://model.hospital.cn:8000'];
    expect(await named({ resolve, allowedOrigins }, 'mоdel.hospital.cn')).toBe('address-refused'); // Cyrillic о
    const guarded = guardUrl('http://模型.医院.cn/v1', {});
    expect(guarded).toMatchObject({ ok: true, guard: { origin: 'http://xn--xgs754b.xn--ekrs67m.cn' } });
  });

  it('leaves no address in a verdict that refuses', async () => {
    const guarded = guardUrl('http://user:secret@8.8.8.8/v1', {});
    expect(JSON.stringify(guarded)).toBe('{"ok":false,"reason":"url-credentials"}');
  });
});

describe('addresses', () => {
  it('are brought to one spelling', () => {
    expect(plainAddress('::FFFF:10.0.0.8')).toBe('10.0.0.8');
    expect(plainAddress('[::ffff:a00:8]')).toBe('10.0.0.8');
    expect(plainAddress('0:0:0:0:0:0:0:1')).toBe('::1');
    expect(plainAddress('FD00::0001')).toBe('fd00::1');
    expect(plainAddress('010.0.0.1')).toBeNull();
    expect(plainAddress('fe80::1%lo')).toBeNull();
  });

  it('lie in the ranges at their edges', () => {
    const isPrivate = addressRanges(PRIVATE_CIDRS);
    const inside = [
      '10.0.0.0',
      '10.255.255.255',
      '172.16.0.0',
      '172.31.255.255',
      '192.168.0.0',
      '127.255.255.255',
      'fc00::',
      'fdff::1',
    ];
    const outside = [
      '9.255.255.255',
      '11.0.0.0',
      '172.15.255.255',
      '172.32.0.0',
      '192.167.255.255',
      '128.0.0.0',
      'fe00::',
      '::2',
    ];
    expect(inside.filter((address) => !isPrivate(address))).toEqual([]);
    expect(outside.filter(isPrivate)).toEqual([]);
    expect(addressRanges(NEVER_CIDRS)('169.254.169.254')).toBe(true);
  });
});
