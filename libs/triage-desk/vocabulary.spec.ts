import { rankComplaints } from '#libs/search/complaints';
import { vocabulary } from './vocabulary';

const found = (query: string, limit?: number) => rankComplaints(query, vocabulary().complaints, limit);

describe('the complaints of a catalogue', () => {
  it.each([
    ['xt', '胸痛', 'initials'],
    ['胸', '胸痛', 'text'],
    ['xiongtong', '胸痛', 'pinyin'],
    ['chest pain', '胸痛', 'text'],
    ['hxkn', '呼吸困难', 'initials'],
    ['sob', '呼吸困难', 'initials'],
    ['tout', '头痛', 'pinyin'],
  ])('are found by %s: %s', (query, zh, by) => {
    expect(found(query)).toContainEqual(expect.objectContaining({ zh, by }));
  });

  it('come best first, each once, and no more than asked for', () => {
    const all = found('t', 100).map(({ zh }) => zh);
    expect(new Set(all).size).toBe(all.length);
    expect(found('t', 3)).toHaveLength(3);
    expect(found('胸痛')[0]).toEqual({ topicId: 'chest-pain', zh: '胸痛', by: 'text' });
  });

  it('are none where nothing fits', () => {
    expect(found('qqqq')).toEqual([]);
    expect(found('')).toEqual([]);
  });
});
