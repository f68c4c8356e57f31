/** Takes pieces of an event stream and answers the names of the events that are whole. */
export const createFrames = () => {
  let rest = '';
  return (piece: string): string[] => {
    const frames = (rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    rest = frames.pop() ?? '';
    return frames.flatMap((frame) => /^event: ?(.+)$/m.exec(frame)?.[1] ?? []);
  };
};
