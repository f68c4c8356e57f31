/** What one block of an event stream says: that listening has begun, that something changed, or neither. */
export type Told = { readonly kind: 'ready' } | { readonly kind: 'change'; readonly seq: number } | null;

const change = /^id: (\d+)\nevent: change\n/;

/** Reads a block; a stream begins with `retry`, and beats in between. */
export const toldBy = (block: string): Told => {
  const seq = change.exec(block)?.[1];
  if (seq !== undefined) return { kind: 'change', seq: Number(seq) };
  return block.includes('event: ready') ? { kind: 'ready' } : null;
};

/** Takes the pieces in which a stream arrives; calls with every block that became whole. */
export const inBlocks = (hear: (block: string) => void): ((piece: string) => void) => {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) hear(block);
  };
};
