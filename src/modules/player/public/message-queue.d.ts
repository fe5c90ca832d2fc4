/** How what was pushed stands. */
export type QueueState = 'saved' | 'saving' | 'waiting' | 'signed_out' | 'ended';

/** What is on its way to the server. */
export interface MessageQueue {
  push(message: object): void;
  retry(): void;
  leave(): void;
  comeBack(): void;
  isEmpty(): boolean;
  settled(): Promise<void>;
}

export function createQueue(options: {
  url: string;
  now?: () => number;
  fetch?: typeof fetch;
  sendBeacon?: (url: string, body: Blob) => boolean;
  setTimeout?: typeof setTimeout;
  onChange: (state: QueueState) => void;
  onSaved: (answer: object) => void;
}): MessageQueue;
