import { type Request } from 'express';
import { newSessionSecrets, secretHash } from '#libs/auth/session';
import { crossSiteRefusal, csrfRefusal } from './csrf';
import { type Identified } from './identify';

const request = (headers: Readonly<Record<string, string>>, host = 'desk.hospital:8443'): Request =>
  ({ host, get: (name: string) => headers[name] }) as unknown as Request;

describe('crossSiteRefusal', () => {
  it.each([
    [{}],
    [{ origin: 'https://desk.hospital:8443' }],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://desk.hospital:8443' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('lets %p through', (headers) => {
    expect(crossSiteRefusal(request(headers as Record<string, string>))).toBeNull();
  });

  it.each([
    [{ origin: 'https://desk.hospital' }],
    [{ origin: 'https://desk.hospital:8443.evil.example' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: '' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://desk.hospital:8443' }],
  ])('refuses %p', (headers) => {
    expect(crossSiteRefusal(request(headers as Record<string, string>))?.code).toBe('CSRF_REJECTED');
  });
});

describe('csrfRefusal', () => {
  const { csrfToken } = newSessionSecrets();
  const session = { csrfSha256: secretHash(csrfToken) } as Identified;

  it('needs the session’s own token, and none for a machine', () => {
    expect(csrfRefusal(request({ 'x-csrf-token': csrfToken }), session)).toBeNull();
    expect(csrfRefusal(request({}), { csrfSha256: null } as Identified)).toBeNull();
  });

  it.each([undefined, '', 'null', newSessionSecrets().csrfToken])('refuses %p', (token) => {
    const headers: Record<string, string> = token === undefined ? {} : { 'x-csrf-token': token };
    expect(csrfRefusal(request(headers), session)?.code).toBe('CSRF_REJECTED');
  });
});
