import { createFrames } from './frames';

describe('events of a stream read in pieces', () => {
  it('are told once they are whole', () => {
    const read = createFrames();
    expect(read('event: re')).toEqual([]);
    expect(read('ady\ndata: {}\n')).toEqual([]);
    expect(read('\n: beat\n\nevent: changed\ndata: {}\n\nevent: be')).toEqual(['ready', 'changed']);
    expect(read('at\ndata: {}\n\n')).toEqual(['beat']);
  });
});
