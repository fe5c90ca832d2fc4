import { Webhook } from 'standardwebhooks';
import { trust } from './credentials.js';
import type { ConnectionShape } from './adapters/read-message.js';

const secrets = ['whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB'];
const connection = (shape: ConnectionShape) => ({
  id: 1,
  key: 'k3y',
  name: 'Host',
  shape,
  secrets,
  courseIds: null,
});
const body = Buffer.from('{}');
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

function signed(secret: string): Record<string, unknown> {
  const at = new Date();
  return {
    'webhook-id': 'm-1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('m-1', at, '{}'),
  };
}

describe('trust', () => {
  it.each(['own', 'rustici', 'xapi', 'scorm-commit'] as const)(
    'takes either secret as a signature: %s',
    (shape) => {
      for (const secret of secrets)
        expect(trust(connection(shape), { headers: signed(secret), body })).toEqual({ signedId: 'm-1' });
    },
  );

  it.each([
    ['own', undefined],
    ['rustici', { signedId: undefined }],
    ['xapi', { signedId: undefined }],
    ['scorm-commit', { signedId: undefined }],
  ] as const)('takes either secret as a password where hosts cannot sign: %s', (shape, trusted) => {
    for (const secret of secrets)
      expect(trust(connection(shape), { headers: basic(`k3y:${secret}`), body })).toEqual(trusted);
  });

  it.each([
    ['own', undefined],
    ['rustici', { signedId: undefined }],
    ['xapi', undefined],
    ['scorm-commit', undefined],
  ] as const)('takes the fields of a form from Rustici alone: %s', (shape, trusted) => {
    const form = { userName: 'k3y', password: secrets[0], data: '{}' };
    expect(trust(connection(shape), { headers: {}, body: Buffer.alloc(0), form })).toEqual(trusted);
  });

  it.each([
    ['nothing', {}],
    ['a header that came twice', { authorization: [basic(`k3y:${secrets[0]}`).authorization] }],
    ['signature headers that came twice', { ...signed(secrets[0]!), 'webhook-id': ['m-1', 'm-1'] }],
    ['a signature that came twice', { ...signed(secrets[0]!), 'webhook-signature': ['v1,x', 'v1,y'] }],
    ['another name', basic(`other:${secrets[0]}`)],
    ['another password', basic('k3y:whsec_')],
    ['both run together', basic(`k3y${secrets[0]}`)],
    ['a part of the password', basic(`k3y:${secrets[0]!.slice(0, -1)}`)],
    ['more than the password', basic(`k3y:${secrets[0]}:`)],
    [
      'another scheme',
      { authorization: basic(`k3y:${secrets[0]}`).authorization.replace('Basic', 'Digest') },
    ],
  ])('does not trust %s', (_, headers) => {
    expect(trust(connection('rustici'), { headers, body })).toBeUndefined();
  });

  it('trusts no form under a signature, which covers none of its fields', () => {
    const at = new Date();
    const headers = {
      ...signed(secrets[0]!),
      'webhook-signature': new Webhook(secrets[0]!).sign('m-1', at, ''),
    };
    const form = { data: '{"forged":true}' };
    expect(trust(connection('rustici'), { headers, body: Buffer.alloc(0), form })).toBeUndefined();
  });
});
