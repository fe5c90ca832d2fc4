import { feedAddressFault, mayConnect } from './feed-address.js';

describe('feedAddressFault', () => {
  it.each([
    ['https://plan.example.dk/uge.csv', undefined],
    ['http://plan.example.dk/uge.csv', 'shift_feed_not_https'],
    ['ftp://plan.example.dk/uge.csv', 'shift_feed_not_https'],
    ['https://a:b@plan.example.dk/', 'shift_feed_credentials'],
    ['https://10.0.0.1/', 'shift_feed_private'],
    ['https://[fd00::1]/', 'shift_feed_private'],
    ['https://[::ffff:10.0.0.1]/', 'shift_feed_private'],
    ['https://169.254.169.254/latest/meta-data', 'shift_feed_private'],
    ['https://0x7f.1/', 'shift_feed_private'],
    ['https://2130706433/', 'shift_feed_private'],
    ['https://localhost/', 'shift_feed_private'],
    ['https://127.0.0.1/', 'shift_feed_private'],
    ['http://127.0.0.1/', 'shift_feed_not_https'],
    ['uge.csv', 'invalid_url'],
  ])('%s in production: %s', (url, fault) => expect(feedAddressFault(url, false)).toBe(fault));

  it.each([
    ['http://127.0.0.1:3456/', undefined],
    ['http://localhost:3456/', undefined],
    ['http://10.0.0.1/', 'shift_feed_not_https'],
    ['https://192.168.1.1/', 'shift_feed_private'],
  ])('%s elsewhere: %s', (url, fault) => expect(feedAddressFault(url, true)).toBe(fault));
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
