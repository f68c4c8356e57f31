import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detailsOf } from './event-detail';

const root = join(__dirname, '../../../..');
const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('spec'))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));

/** Every kind of event that some code stores about a review. */
const kinds = (): string[] => {
  const code = [...sources('apps/api/src/reviews'), ...sources('libs/db/stores'), ...sources('activities/review')];
  const calls = code.flatMap((text) => [
    ...text.matchAll(/(?:noteEvent|addReviewEvent|reopen)\([^;]*?kind: '([a-z-]+)'/gs),
  ]);
  return [...new Set(calls.map(([, kind = '']) => kind))];
};

describe('an event of a review in words', () => {
  const { events } = JSON.parse(readFileSync(join(__dirname, '../i18n/zh-CN/reviews.json'), 'utf8')) as {
    events: Record<string, string>;
  };

  it('has a text for every kind that is stored', () => {
    const found = kinds();
    expect(found.length).toBeGreaterThan(8);
    expect(found.filter((kind) => !(kind in events))).toEqual([]);
    for (const late of [
      'floor-raised',
      'draft-stale',
      'handed-over',
      'handover-accepted',
      'handover-declined',
      'draft-failed',
    ])
      expect(Object.keys(events)).toContain(late);
  });

  it('says to whom, until when and which version, and no ids', () => {
    expect(detailsOf({ kind: 'reassigned', data: { from: '张三', to: '李四' } })).toEqual([
      { key: 'from', value: '张三' },
      { key: 'to', value: '李四' },
    ]);
    expect(detailsOf({ kind: 'deferred', data: { until: '2026-11-23T00:00:00Z' } })).toEqual([
      { key: 'until', value: '2026-11-23T00:00:00Z' },
    ]);
    expect(detailsOf({ kind: 'redraft-asked', data: { round: 1, notes: [1, 2] } })).toEqual([
      { key: 'round', value: '1' },
      { key: 'notes', value: '1、2' },
    ]);
    expect(detailsOf({ kind: 'draft-stale', data: { factId: 'f', signatureId: 's', floor: null } })).toEqual([]);
  });
});
