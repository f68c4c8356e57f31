import fc from 'fast-check';
import { inBlocks, toldBy } from './told';

const stream = 'retry: 3000\n\nid: 7\nevent: ready\ndata: {}\n\nid: 8\nevent: change\ndata: {"topic":"case"}\n\n';

describe('what a listener of the bench hears', () => {
  it('is that it is let in, and the number of each change; not the beats', () => {
    const told: unknown[] = [];
    inBlocks((block) => told.push(toldBy(block)))(`${stream}id: 9\nevent: beat\ndata: {}\n\n`);
    expect(told).toEqual([null, { kind: 'ready' }, { kind: 'change', seq: 8 }, null]);
  });

  it('is the same however the stream was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const blocks: string[] = [];
        const hear = inBlocks((block) => blocks.push(block));
        for (let i = 1; i < at.length; i++) hear(stream.slice(at[i - 1], at[i]));
        expect(blocks.join('\n\n')).toBe(stream.trimEnd());
      }),
    );
  });
});
