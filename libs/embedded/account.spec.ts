import { chooseAccount, parsePasswd } from './account';
import { textOf } from './start-error';

const passwd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
wheel:x:11:0:in the group of root:/:/bin/sh
nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin
postgres:x:101:104::/var/lib/postgresql:/bin/bash

broken line
alsobroken:x:abc:1::/:/bin/sh
`;
const without = (...names: string[]) => parsePasswd(passwd).filter(({ name }) => !names.includes(name));

describe('chooseAccount', () => {
  it('prefers postgres, then nobody, then any other', () => {
    expect(chooseAccount(without())).toEqual({ name: 'postgres', uid: 101, gid: 104 });
    expect(chooseAccount(without('postgres')).name).toBe('nobody');
    expect(chooseAccount(without('postgres', 'nobody')).name).toBe('daemon');
  });

  it('keeps to the owner of the data, even one that has no name here', () => {
    expect(chooseAccount(without(), 1).name).toBe('daemon');
    expect(chooseAccount(without(), 4711)).toEqual({ name: '4711', uid: 4711, gid: 4711 });
  });

  it('never is root, nor of the group of root', () => {
    expect(chooseAccount(without(), 0).name).toBe('postgres');
    const refusal = () => chooseAccount(without('postgres', 'nobody', 'daemon'));
    expect(refusal).toThrow(expect.objectContaining({ code: 'STATE_UNUSABLE' }));
  });

  it('says what to do when there is no account', () => {
    let text = '';
    try {
      chooseAccount([]);
    } catch (thrown) {
      text = textOf(thrown);
    }
    expect(text).toContain('useradd');
  });
});

describe('parsePasswd', () => {
  it('skips lines that are none', () => {
    expect(parsePasswd(passwd).map(({ name }) => name)).toEqual(['root', 'daemon', 'wheel', 'nobody', 'postgres']);
  });
});
