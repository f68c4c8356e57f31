import { ticketOf } from './ticket';

describe('a ticket as it is typed', () => {
  const day = '2026-11-23';

  it.each([
    ['12', 12],
    [' 012 ', 12],
    ['１２', 12],
    ['1000000', 1_000_000],
  ])('is a number of that day: %s', (no, ticketNo) => {
    expect(ticketOf({ no, day })).toEqual({ ticketNo, ticketDay: day });
  });

  it.each([
    ['', day],
    ['0', day],
    ['1000001', day],
    ['-3', day],
    ['A12', day],
    ['12', ''],
  ])('is none: %s on %s', (no, of) => {
    expect(ticketOf({ no, day: of })).toBeNull();
  });
});
