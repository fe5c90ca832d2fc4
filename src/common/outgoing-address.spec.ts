import { addressFault, mayConnect } from './outgoing-address.js';

describe('addressFault', () => {
  it.each([
    ['https://plan.example.dk/uge.csv', undefined],
    ['http://plan.example.dk/uge.csv', 'not_https'],
    ['ftp://plan.example.dk/uge.csv', 'not_https'],
    ['https://a:b@plan.example.dk/', 'credentials'],
    ['https://10.0.0.1/', 'private'],
    ['https://[fd00::1]/', 'private'],
    ['https://[::ffff:10.0.0.1]/', 'private'],
    ['https://169.254.169.254/latest/meta-data', 'private'],
    ['https://0x7f.1/', 'private'],
    ['https://2130706433/', 'private'],
    ['https://localhost/', 'private'],
    ['https://127.0.0.1/', 'private'],
    ['http://127.0.0.1/', 'not_https'],
    ['uge.csv', 'invalid_url'],
  ])('%s in production: %s', (url, fault) => expect(addressFault(url, false)).toBe(fault));

  it.each([
    ['http://127.0.0.1:3456/', undefined],
    ['http://localhost:3456/', undefined],
    ['http://10.0.0.1/', 'not_https'],
    ['https://192.168.1.1/', 'private'],
  ])('%s elsewhere: %s', (url, fault) => expect(addressFault(url, true)).toBe(fault));
});

describe('mayConnect', () => {
  it.each([
    ['93.184.216.34', true],
    ['2a00:1450:400f:80d::200e', true],
    ['10.1.2.3', false],
    ['172.20.0.1', false],
    ['192.168.0.1', false],
    ['100.64.0.1', false],
    ['169.254.169.254', false],
    ['0.0.0.0', false],
    ['127.0.0.1', false],
    ['::1', false],
    ['::', false],
    ['fe80::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:8.8.8.8', true],
    ['64:ff9b::a00:1', false],
    ['224.0.0.1', false],
  ])('%s: %s', (address, expected) => expect(mayConnect(address, false)).toBe(expected));

  it('lets the own machine be asked where that is allowed', () => {
    expect([mayConnect('127.0.0.1', true), mayConnect('::1', true), mayConnect('10.0.0.1', true)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
