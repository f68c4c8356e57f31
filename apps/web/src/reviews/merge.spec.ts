import { comparison, differing, merged } from './merge';

const mine = { level: 'III', department: '', note: '腹痛' };
const theirs = { level: 'II', department: null, note: '腹痛' };
const fields = ['level', 'department', 'note'];

describe('what differs between mine and theirs', () => {
  it('is told by field; an empty field is none', () => {
    expect(differing(mine, theirs, fields)).toEqual(['level']);
    expect(differing(mine, mine, fields)).toEqual([]);
  });

  it('is merged field by field, and what is not taken stays mine', () => {
    expect(merged(mine, { ...theirs, note: '胸痛' }, ['level'])).toEqual({ ...mine, level: 'II' });
    expect(merged(mine, theirs, [])).toEqual(mine);
    expect(merged(mine, theirs, fields)).toEqual(theirs);
  });
});

describe('the comparison at signing', () => {
  const lines = comparison(fields, { mine, draft: theirs, rules: { level: 'III' }, history: null });

  it('has four lines, one’s own first', () => {
    expect(lines.map(({ origin }) => origin)).toEqual(['mine', 'draft', 'rules', 'history']);
  });

  it('marks what differs from one’s own, and nothing an origin does not speak of', () => {
    const marked = lines.flatMap(({ origin, cells }) =>
      cells.filter(({ differs }) => differs).map(({ field }) => [origin, field]),
    );
    expect(marked).toEqual([['draft', 'level']]);
  });
});
