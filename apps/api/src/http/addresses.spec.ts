import { amongAddresses, isAddressRange } from './addresses';

describe('amongAddresses', () => {
  it('takes single addresses and ranges of both kinds', () => {
    const among = amongAddresses(['10.1.2.0/24', '192.168.1.7', 'fd00::/8', 'fe80::7']);
    for (const address of ['10.1.2.3', '192.168.1.7', '::ffff:10.1.2.3', 'fd12::1', 'fe80::7'])
      expect([address, among(address)]).toEqual([address, true]);
    for (const address of ['10.1.3.3', '192.168.1.8', 'fe80::8', '', 'nonsense'])
      expect([address, among(address)]).toEqual([address, false]);
  });

  it('takes every address where none is named', () => {
    expect(amongAddresses([])('203.0.113.9')).toBe(true);
  });
});

describe('isAddressRange', () => {
  it.each(['10.0.0.0/8', '10.0.0.7', 'fd00::/8', '::1', '::ffff:10.0.0.7/32'])('takes %s', (text) => {
    expect(isAddressRange(text)).toBe(true);
    expect(() => amongAddresses([text])).not.toThrow();
  });

  it.each(['', '10.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0', 'localhost', 'fe80::1%eth0', '::ffff:10.0.0.0/120'])(
    'refuses %p',
    (text) => {
      expect(isAddressRange(text)).toBe(false);
    },
  );
});
