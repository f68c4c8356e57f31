import { brokenPasswordRules } from '#libs/auth/password-rules';
import { administratorRoles, roles } from '#libs/auth/roles';
import { createDice } from './dice';
import { demoHospital } from './hospital';
import { createNames, demoMark } from './names';
import { temporaryPassword } from './temporary-password';

describe('the demo hospital', () => {
  const hospital = demoHospital();

  it('is the same every time', () => {
    expect(demoHospital()).toEqual(hospital);
    expect(hospital.people[0]).toMatchObject({ login: 'nurse1', role: 'triage_nurse' });
  });

  it('has somebody in every role, and enough for a second pair of eyes', () => {
    const held = hospital.people.map(({ role }) => role);
    for (const role of roles) expect(held).toContain(role);
    for (const [role, least] of [
      ['triage_nurse', 2],
      ['physician', 2],
    ] as const)
      expect(held.filter((each) => each === role).length).toBeGreaterThanOrEqual(least);
  });

  it('says in every name that it is made up', () => {
    expect(hospital.name).toContain('演示');
    expect(hospital.name).toContain('demo data');
    for (const { name } of [...hospital.wards, ...hospital.people, hospital.feed]) expect(name).toContain('演示');
  });

  it('has logins, names and ward codes once each, and grants on wards that exist', () => {
    const { people, wards } = hospital;
    for (const each of [
      people.map(({ login }) => login),
      people.map(({ name }) => name),
      wards.map(({ code }) => code),
    ])
      expect(new Set(each).size).toBe(each.length);
    const codes = wards.map(({ code }) => code);
    for (const person of people) for (const code of person.wards ?? []) expect(codes).toContain(code);
    for (const { login } of people) expect(login).toMatch(/^[a-z0-9._-]{2,64}$/);
  });

  it('gives no administrator a ward, and its feed no way to read patients or decide', () => {
    for (const { role, wards } of hospital.people)
      if ((administratorRoles as readonly string[]).includes(role)) expect(wards).toBeNull();
    expect(hospital.feed.scopes).toEqual(['hl7v2:write', 'triage:write']);
  });
});

describe('made-up names', () => {
  it('are never given twice', () => {
    const nameOf = createNames(createDice(3));
    const names = Array.from({ length: 200 }, (_, at) => nameOf(at % 2 ? 'male' : 'female'));
    expect(new Set(names).size).toBe(200);
    for (const name of names) expect(name.endsWith(demoMark)).toBe(true);
  });
});

describe('a temporary password', () => {
  it('is one the product accepts, readable, and never the same', () => {
    const passwords = Array.from({ length: 500 }, temporaryPassword);
    expect(new Set(passwords).size).toBe(500);
    for (const password of passwords) {
      expect(password).toMatch(/^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/);
      expect(brokenPasswordRules({ next: password, current: '', login: 'nurse1' })).toEqual([]);
    }
  });
});
