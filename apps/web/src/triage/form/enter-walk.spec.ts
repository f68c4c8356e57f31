import { nextStop, type Stop } from './enter-walk';

const field: Stop = { group: null, checked: false };
const radio = (group: string, checked = false): Stop => ({ group, checked });

describe('the walk through a form by Enter', () => {
  const stops = [field, radio('sex'), radio('sex', true), radio('sex'), field, radio('acvpu'), radio('acvpu'), field];

  it('goes from field to field', () => {
    expect(nextStop([field, field, field], 0, false)).toBe(1);
    expect(nextStop([field, field, field], 2, true)).toBe(1);
  });

  it('enters a group by what is chosen, else by the first', () => {
    expect(nextStop(stops, 0, false)).toBe(2);
    expect(nextStop(stops, 4, false)).toBe(5);
    expect(nextStop(stops, 7, true)).toBe(5);
  });

  it('leaves a group as a whole, both ways', () => {
    expect(nextStop(stops, 1, false)).toBe(4);
    expect(nextStop(stops, 3, true)).toBe(0);
    expect(nextStop(stops, 5, false)).toBe(7);
  });

  it('stays at the ends', () => {
    expect(nextStop(stops, 7, false)).toBe(7);
    expect(nextStop(stops, 0, true)).toBe(0);
    expect(nextStop([radio('only'), radio('only')], 0, false)).toBe(0);
  });
});
