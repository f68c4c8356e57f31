import { type ExportCount, exportOf, nameOf } from './export';

const count: ExportCount = {
  kind: 'audit',
  filter: { to: '2026-11-23T00:00:00.000Z' },
  rows: 12,
  mostRows: 100_000,
  tooMany: false,
  columns: [],
};

describe('An export', () => {
  it('is of the rows that were counted, with the end of their time', () => {
    expect(exportOf(count, { purpose: 'inspection', text: '  ' }, 'zh')).toEqual({
      kind: 'audit',
      filter: count.filter,
      language: 'zh',
      purpose: 'inspection',
      expectedRows: 12,
    });
  });

  it('says what for in the words of whoever takes it', () => {
    expect(exportOf(count, { purpose: 'other', text: ' 卫健委抽查 ' }, 'en')).toMatchObject({
      purposeText: '卫健委抽查',
    });
  });

  it('is called as the server says', () => {
    expect(nameOf('attachment; filename="countersign-audit-20261123T000000Z.csv"')).toBe(
      'countersign-audit-20261123T000000Z.csv',
    );
    expect(nameOf(null)).toBe('countersign.csv');
  });
});
