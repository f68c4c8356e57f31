import { parseListening } from './listener';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0000 100 0 0 10 0
   1: 0100007F:0BB8 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 12399 1 0000 20 4 30 10 -1
   2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 777 1 0000 100 0 0 10 0
`;

describe('parseListening', () => {
  it('finds the socket that listens on a port, not the connections through it', () => {
    expect(parseListening(table, 3000)).toEqual(['12345']);
    expect(parseListening(table, 8080)).toEqual(['777']);
  });

  it('finds none where nobody listens', () => {
    expect(parseListening(table, 3001)).toEqual([]);
    expect(parseListening('', 3000)).toEqual([]);
  });
});
