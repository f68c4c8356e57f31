import { operator, operatorOf } from './operator';

describe('whoever acts by a command', () => {
  it('is named by the account of the machine', () => {
    expect(operator(() => 'wangfang')).toBe('command line (wangfang)');
  });

  it('is named by a number where the account has no name', () => {
    const nameless = () => {
      throw new Error('uv_os_get_passwd returned ENOENT');
    };
    expect(operator(nameless)).toBe(`command line (uid ${process.getuid!()})`);
  });

  it('acts as the product, for one hospital', () => {
    expect(operatorOf('h')).toMatchObject({ kind: 'system', organisationId: 'h', requestId: expect.any(String) });
  });
});
