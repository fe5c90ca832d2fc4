import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callOut } from './outgoing.js';

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
