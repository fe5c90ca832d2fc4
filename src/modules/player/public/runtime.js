// One unit in the frame with the SCORM interface it looks for in the windows above it.

/** Every half minute, and whenever the content asks for it. */
const AUTOSAVE_SECONDS = 30;

/**
 * Puts the interface of scorm-again where content looks for it.
 * @param {{ standard: '1.2' | '2004', unit: { index: number, cmi: object }, push: (message: object) => void,
 *   onFinished: () => void, onMove: (step: number) => void }} options
 */
export function openRuntime({ standard, unit, push, onFinished, onMove }) {
  const opened = Date.now();
  // Content that never said goodbye did not see its end coming, and goes on where it was the next time.
  let isForced = false;
  const settings = {
    lmsCommitUrl: 'queue',
    autocommit: true,
    autocommitSeconds: AUTOSAVE_SECONDS,
    renderCommonCommitFields: true,
    includeCommitSequence: false,
    mastery_override: true,
    alwaysSendTotalTime: false,
    logLevel: 5,
    httpService: { processHttpRequest, updateSettings() {} },
  };
  // Content is told at once that it is saved: the queue sees to it, and the learner sees how far it is. A synchronous request would
  // freeze the page while the network is away.
  function processHttpRequest(_url, params, isFinal) {
    push({
      unit: unit.index,
      isFinal: Boolean(isFinal) && !isForced,
      openSeconds: Math.round((Date.now() - opened) / 1000),
      payload: {
        completionStatus: params.completionStatus,
        successStatus: params.successStatus,
        runtimeData: { cmi: params.runtimeData.cmi },
      },
    });
    return { result: 'true', errorCode: 0 };
  }

  const is12 = standard === '1.2';
  const api = is12 ? new window.Scorm12API(settings) : new window.Scorm2004API(settings);
  api.loadFromJSON(unit.cmi);
  let isClosing = false;
  let isFinished = false;
  const finish = is12 ? 'LMSFinish' : 'Terminate';
  api.on(finish, () => {
    isFinished = true;
    if (!isClosing) onFinished();
  });
  api.on('SequenceNext', () => onMove(1));
  api.on('SequencePrevious', () => onMove(-1));
  window[is12 ? 'API' : 'API_1484_11'] = api;

  const isOpen = () => api.isInitialized() && !isFinished;
  return {
    /** Saves what the content has told so far. */
    save() {
      if (isOpen()) api[is12 ? 'LMSCommit' : 'Commit']('');
    },
    /** From now on an end is not the content's own wish. */
    prepareToClose() {
      isClosing = true;
    },
    /** Says goodbye for content that did not. */
    close() {
      isClosing = true;
      isForced = true;
      if (isOpen()) api[finish]('');
    },
  };
}
