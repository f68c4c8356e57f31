import { createScannerEar } from './scanner';

const type = (text: string, betweenMs: number) => {
  const hear = createScannerEar();
  return text.split('').map((key, index) => hear(key === '\n' ? 'Enter' : key, index * betweenMs));
};

describe('the ear for wristband scanners', () => {
  it('takes a whole scan and its Enter', () => {
    expect(type('P0012345\n', 15)).toEqual(['first', ...Array<string>(7).fill('quick'), { scan: 'P0012345' }]);
  });

  it('leaves what a person types, Enter included', () => {
    expect(type('P0012345\n', 90)).toEqual([...Array<string>(8).fill('first'), 'other']);
  });

  it('takes a few quick keys for no scan', () => {
    expect(type('12\n', 15).at(-1)).toBe('other');
  });

  it('takes quick keys whose Enter comes late for no scan', () => {
    const hear = createScannerEar();
    '123456'.split('').forEach((key, index) => hear(key, index * 10));
    expect(hear('Enter', 500)).toBe('other');
  });

  it('begins anew after a pause', () => {
    const hear = createScannerEar();
    hear('a', 0);
    hear('b', 10);
    expect(hear('c', 500)).toBe('first');
    expect(['1', '2', '3'].map((key, index) => hear(key, 510 + index * 10))).toEqual(['quick', 'quick', 'quick']);
    expect(hear('Enter', 540)).toEqual({ scan: 'c123' });
  });

  it('hears through the shift of a capital letter', () => {
    const hear = createScannerEar();
    ['Shift', 'P', 'Shift', 'X', '1', '2'].forEach((key, index) => hear(key, index * 15));
    expect(hear('Enter', 90)).toEqual({ scan: 'PX12' });
  });
});
