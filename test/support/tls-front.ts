import { createServer, type Server } from 'node:https';
import { request } from 'node:http';
import { once } from 'node:events';
import { generate } from 'selfsigned';

/** A proxy with TLS in front of two servers, told apart by the host name, as in production. */
export class TlsFront {
  private constructor(private readonly server: Server) {}

  /** @param routes host name to the port of a server on the loopback interface */
  static async start(port: number, routes: Record<string, number>): Promise<TlsFront> {
    const names = Object.keys(routes);
    const { private: key, cert } = await generate([{ name: 'commonName', value: names[0]! }], {
      extensions: [{ name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) }],
    });
    const server = createServer({ key, cert }, (incoming, answer) => {
      const host = (incoming.headers.host ?? '').split(':')[0]!;
      const { method, url: path, headers } = incoming;
      const onward = request({ host: '127.0.0.1', port: routes[host] ?? 9, method, path, headers }, (got) => {
        answer.writeHead(got.statusCode!, got.headers);
        got.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      incoming.pipe(onward);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new TlsFront(server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
