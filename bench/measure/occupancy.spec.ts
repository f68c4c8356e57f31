import { occupancyOf } from './occupancy';

describe('occupancy of slots', () => {
  it('is whole while every slot is taken again at once', () => {
    const taken = [0, 0, 100, 100, 200, 200];
    expect(occupancyOf({ came: Array(6).fill(0), taken, heldMs: 100, slots: 2 })).toEqual({ busy: 1, ms: 200 });
  });

  it('misses what passes before a slot is taken again', () => {
    const came = Array<number>(8).fill(0);
    const { busy, ms } = occupancyOf({ came, taken: [0, 0, 125, 125, 250, 250], heldMs: 100, slots: 2 });
    expect([busy, ms]).toEqual([600 / 700, 350]);
  });

  it('counts from the first time all are held, and only while enough wait', () => {
    const came = [0, 0, 0, 0];
    expect(occupancyOf({ came, taken: [10, 50, 110], heldMs: 100, slots: 2 })).toEqual({ busy: 1, ms: 60 });
  });

  it('says so when there never were enough', () => {
    const { busy, ms } = occupancyOf({ came: [0], taken: [5], heldMs: 100, slots: 2 });
    expect([busy, ms]).toEqual([NaN, 0]);
  });
});
