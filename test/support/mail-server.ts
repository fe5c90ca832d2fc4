import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server on the loopback interface that keeps what it is given. */
export class MailServer {
  readonly mails: Email[] = [];
  /** Which mail came from whom: the sender is the name it greeted with (`?name=` in its SMTP_URL). */
  readonly deliveries: { messageId: string; from: string }[] = [];
  /** What the answer to a mail waits for, once its text has come; by default nothing. */
  hold: (from: string) => Promise<void> = async () => {};
  /** What the answer to a receiver's address waits for; by default nothing. */
  holdReceiver: () => Promise<void> = async () => {};
  /** Reply code with which a receiver is refused; 0 takes it. */
  refuse: (address: string) => number = () => 0;

  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {}

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  static async start(port = 0, { requiresSignIn = false } = {}): Promise<MailServer> {
    let self: MailServer | undefined;
    const server = new SMTPServer({
      authOptional: !requiresSignIn,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(new Error('wrong password')),
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo(address, _session, callback) {
        const code = self!.refuse(address.address);
        const answer = code ? Object.assign(new Error('refused'), { responseCode: code }) : undefined;
        void self!.holdReceiver().then(() => callback(answer));
      },
      onData(stream, session, callback) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          self!.take(Buffer.concat(chunks), session.hostNameAppearsAs).then(() => callback(), callback);
        });
      },
    });
    server.on('error', () => {});
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    self = new MailServer(server, (server.server.address() as AddressInfo).port);
    return self;
  }

  private async take(content: Buffer, from: string): Promise<void> {
    const mail = await PostalMime.parse(content);
    await this.hold(from);
    this.mails.push(mail);
    this.deliveries.push({ messageId: mail.messageId ?? '', from });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
