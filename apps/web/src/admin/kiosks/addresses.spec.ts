import { addressesOf, boardAddress } from './addresses';

describe('the addresses of boards', () => {
  it('are typed with commas, spaces or lines, Chinese ones too', () => {
    expect(addressesOf(' 10.20.0.7，10.20.1.0/24\n\nfd00::1; ')).toEqual(['10.20.0.7', '10.20.1.0/24', 'fd00::1']);
    expect(addressesOf('  ')).toEqual([]);
  });

  it('carry the token where no server sees it', () => {
    expect(new URL(boardAddress('https://ed.example', 'cs_x')).search).toBe('');
    expect(new URL(boardAddress('https://ed.example', 'cs_x')).hash).toBe('#cs_x');
  });
});
