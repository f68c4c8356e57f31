import { createScannerEar } from './scanner';

const type = (text: string, betweenMs: number) => {
  const hear = createScannerEar();
  return text.split('').map((key, index) => hear(key === '\n' ? 'Enter' : key, index * betweenMs));
};

describe('the ear for wristband scanners', () => {
  it('takes a whole scan and its Enter', () => {
    expect(type('P0012345\n', 15).at(-1)).toEqual({ scan: 'P0012345' });
    expect(type('P0012345\n', 15).slice(2, -1)).toEqual(Array(6).fill('burst'));
  });

  it('leaves what a person types, Enter included', () => {
    expect(type('P0012345\n', 90)).toEqual(Array(9).fill('typed'));
  });

  it('takes a few quick keys for no scan', () => {
    expect(type('12\n', 15).at(-1)).toBe('typed');
  });

  it('begins anew after a pause', () => {
    const hear = createScannerEar();
    hear('a', 0);
    hear('b', 10);
    hear('c', 500);
    expect(['1', '2', '3'].map((key, index) => hear(key, 510 + index * 10))).toEqual(['typed', 'burst', 'burst']);
    expect(hear('Enter', 540)).toEqual({ scan: 'c123' });
  });
});
