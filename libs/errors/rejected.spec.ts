import { isRejected, rejectedMarker } from './rejected';

describe('isRejected', () => {
  it('knows the marker after a JSON round trip', () => {
    expect(isRejected(rejectedMarker)).toBe(true);
    expect(isRejected(JSON.parse(JSON.stringify(rejectedMarker)))).toBe(true);
  });

  it.each([[undefined], [null], [true], ['countersign/rejected'], [{}], [{ 'countersign/rejected': 'true' }], [[]]])(
    'is false for %j',
    (value) => {
      expect(isRejected(value)).toBe(false);
    },
  );
});
