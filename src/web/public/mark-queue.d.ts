/** One mark as the API takes it. */
export interface QueuedMark {
  agentId: number;
  status: string;
  /** The instant of the tap. */
  markedAt: string;
  [field: string]: unknown;
}

/** How what was pushed stands. */
export type MarkQueueState = 'saved' | 'waiting' | 'signed_out';

/** Marks on their way to the server; storage, network and timer can be given by a test. */
export class MarkQueue {
  constructor(options: {
    url: string;
    /** Where the marks lie in the storage. */
    key: string;
    csrf: string;
    /** The language in which refusals are told. */
    language: string;
    /** A token of the session that is there now, if any. */
    renewCsrf: () => Promise<string | undefined>;
    onChange: (state: MarkQueueState) => void;
    onRefused: (mark: QueuedMark, detail: string) => void;
    storage?: {
      getItem(key: string): string | null;
      setItem(key: string, value: string): void;
      removeItem(key: string): void;
    };
    fetch?: typeof fetch;
    setTimeout?: (work: () => void, ms: number) => unknown;
  });
  unsent(): QueuedMark[];
  push(mark: QueuedMark): Promise<void>;
  retry(): Promise<void>;
}
