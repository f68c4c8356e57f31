import { encodingCharacters, isComplete, readSeparators, splitAt, standardSeparators } from './separators';

describe('separators', () => {
  it('come from MSH-1 and MSH-2, not from habit', () => {
    expect(readSeparators('MSH|^~\\&|A')).toEqual(standardSeparators);
    expect(readSeparators('MSH#*!?%#A')).toEqual({
      field: '#',
      component: '*',
      repetition: '!',
      escape: '?',
      subcomponent: '%',
    });
  });

  it('may be fewer than four, and a missing one never is the next field', () => {
    const separators = readSeparators('MSH|^~}|ADMISSION|X');
    expect(separators).toEqual({ field: '|', component: '^', repetition: '~', escape: '}', subcomponent: undefined });
    expect(readSeparators('MSH|^')?.component).toBe('^');
    expect(separators && isComplete(separators)).toBe(false);
  });

  it('ignore the truncation mark of 2.7', () => {
    expect(readSeparators('MSH|^~\\&#|A')).toEqual(standardSeparators);
  });

  it.each([
    'MSH',
    'MSH|',
    'MSH||A',
    'MSHX^~\\&|',
    'MSH|^^\\&|',
    'MSH|^~\\&#$|',
    'MSH|AB|',
    'MSH|^"|',
    'MSH ^~',
    'MSH|é~',
  ])('are refused in %j', (msh) => {
    expect(readSeparators(msh)).toBeUndefined();
  });

  it('are written back as MSH-2', () => {
    expect(encodingCharacters(standardSeparators)).toBe('^~\\&');
    expect(isComplete(standardSeparators)).toBe(true);
  });

  it('split nothing where they do not exist', () => {
    expect(splitAt('a&b', undefined)).toEqual(['a&b']);
    expect(splitAt('a&b', '&')).toEqual(['a', 'b']);
  });
});
