import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callOut, isCallable } from './outgoing.js';

describe('isCallable', () => {
  it.each([
    ['https://phone.example/hook', true],
    ['http://phone.example/hook', false],
    ['https://user:secret@phone.example/', false],
    ['https://10.1.2.3/', false],
    ['https://169.254.169.254/latest', false],
    ['https://[fd00::1]/', false],
    ['https://[::ffff:10.0.0.1]/', false],
    ['https://0x7f.1/', false],
    ['https://localhost/', false],
    ['ftp://phone.example/', false],
    ['not an address', false],
  ])('%s: %s', (address, expected) => {
    expect(isCallable(address, false)).toBe(expected);
  });

  it('knows its own machine in development', () => {
    expect(isCallable('http://127.0.0.1:4000/', true)).toBe(true);
    expect(isCallable('http://10.0.0.1:4000/', true)).toBe(false);
  });
});

describe('callOut', () => {
  let server: Server;
  let address: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/elsewhere') response.writeHead(302, { location: '/' });
      response.end('taken');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('reaches what it may', async () => {
    const answer = await callOut(
      address,
      { method: 'POST', body: '{}' },
      { allowLoopback: true, timeoutMs: 5_000 },
    );
    expect(await answer.text()).toBe('taken');
  });

  it.each([
    ['an address of its own machine', '', false],
    ['a redirect', '/elsewhere', true],
  ])('refuses %s', async (_, path, allowLoopback) => {
    await expect(callOut(address + path, {}, { allowLoopback, timeoutMs: 5_000 })).rejects.toThrow();
  });

  it('refuses a name that means this machine', async () => {
    await expect(
      callOut('https://localhost.localdomain/', {}, { allowLoopback: false, timeoutMs: 5_000 }),
    ).rejects.toThrow();
  });
});
