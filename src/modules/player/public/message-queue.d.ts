/** How what was pushed stands. */
export type QueueState = 'saved' | 'saving' | 'waiting' | 'signed_out' | 'ended';

/** What is on its way to the server; the network and the clock can be given by a test. */
export class MessageQueue {
  constructor(options: {
    url: string;
    onChange: (state: QueueState) => void;
    onSaved: (answer: object) => void;
    now?: () => number;
    fetch?: typeof fetch;
    sendBeacon?: (url: string, body: Blob) => boolean;
    setTimeout?: typeof setTimeout;
  });
  push(message: object): void;
  retry(): void;
  leave(): void;
  isEmpty(): boolean;
  settled(): Promise<void>;
}
