import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Env } from './env.js';

/**
 * The configuration with a port for the content host that nobody uses: a second server on a machine should start without being told
 * where. What was chosen (`CONTENT_PORT`, `CONTENT_URL`) is left as it is.
 */
export async function withContentPort(env: Env, source: NodeJS.ProcessEnv): Promise<Env> {
  const isChosen = Boolean(source['CONTENT_PORT']) || Boolean(source['CONTENT_URL']);
  if (isChosen || (await portOf(env.HOST, env.CONTENT_PORT)) !== null) return env;
  const port = await portOf(env.HOST, 0);
  return { ...env, CONTENT_PORT: port ?? 0, CONTENT_URL: `http://127.0.0.1:${port ?? 0}` };
}

/** The port that listening there gives; null when somebody listens there already. */
async function portOf(host: string, port: number): Promise<number | null> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch {
    return null;
  } finally {
    server.close();
  }
}
