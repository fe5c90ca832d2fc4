import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { Browser } from '../support/browser-less.js';
import { MailServer } from '../support/mail-server.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { TestApp } from '../support/test-app.js';

describe('registration while the mail server hangs', () => {
  it('does not wait for it, and the mails go out when it is back', async () => {
    const sockets: Socket[] = [];
    // Takes the connection and never says a word.
    const silent: Server = createServer((socket) => sockets.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const app = await TestApp.start({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    const { leader } = await buildWorld(app);
    await leader.post('/agents', anAgent());

    let isSending = true;
    const sending = app
      .get(MailDispatcher)
      .run()
      .finally(() => (isSending = false));
    while (sockets.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let n = 0; n < 20; n += 1) expect((await leader.post('/agents', anAgent())).status).toBe(201);
    expect(isSending).toBe(true);

    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => silent.close(() => resolve()));
    await sending;
    const server = await MailServer.start(port);
    app.clock.advance(60_000);
    await app.get(MailDispatcher).run();
    expect(server.mails.filter((mail) => mail.subject?.startsWith('Velkommen'))).toHaveLength(21);
    expect(server.mails).toHaveLength(42);
    const link = /http:\/\/localhost:3000(\/v\/\S+)/.exec(
      server.mails.find((mail) => mail.subject?.startsWith('Velkommen'))!.text!,
    )![1]!;
    expect((await new Browser(app.url).visitAndSubmit(link)).url).toBe('/mit');
    await app.stop();
    await server.stop();
  });
});
