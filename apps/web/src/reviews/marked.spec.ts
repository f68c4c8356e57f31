import { marked } from './marked';

describe('the words a draft quotes', () => {
  it('are marked where they stand, longest first, without overlap', () => {
    expect(marked('胸痛伴出汗，胸痛', ['胸痛', '胸痛伴出汗'])).toEqual([
      { words: '', hit: false },
      { words: '胸痛伴出汗', hit: true },
      { words: '，', hit: false },
      { words: '胸痛', hit: true },
      { words: '', hit: false },
    ]);
  });

  it('are not marked where they do not stand', () => {
    expect(marked('腹痛', ['胸痛', ''])).toEqual([{ words: '腹痛', hit: false }]);
  });
});
