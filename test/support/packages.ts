import { ZipFile } from 'yazl';
import type { ScormStandard } from '../../src/modules/packages/index.js';

/** A part of a package under test. */
export interface TestSco {
  id: string;
  title: string;
  /** SCORM 1.2, 0 to 100. */
  masteryScore?: number;
  /** SCORM 2004, -1 to 1. */
  passingScore?: number;
  /** SCORM 2004, 0 to 1. */
  completionThreshold?: number;
  launchData?: string;
}

/** What a package under test is to be like. */
export interface TestPackage {
  standard?: ScormStandard;
  title?: string;
  scos?: TestSco[];
  /** Further files, or others in the place of the package's own. */
  files?: Record<string, string | Buffer>;
  /** Put before each name. */
  folder?: string;
}

/** A zip of the files. */
export async function zipOf(files: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as unknown as Buffer);
  return Buffer.concat(chunks);
}

/** A valid package; each SCO is `<id>.html` and speaks to the player's API through `sco.js`. */
export async function packageZip({ folder = '', ...options }: TestPackage = {}): Promise<Buffer> {
  const files = Object.entries({ ...packageFiles(options), ...options.files });
  return zipOf(Object.fromEntries(files.map(([name, content]) => [`${folder}${name}`, content])));
}

/** SCORM 1.2 with one SCO `main`, passed at 80. */
export const scorm12Package = (): Promise<Buffer> => packageZip({ standard: 'scorm-1.2' });

/** SCORM 1.2 with the SCOs `first` and `second`. */
export const scorm12MultiPackage = (): Promise<Buffer> =>
  packageZip({
    standard: 'scorm-1.2',
    title: 'To dele',
    scos: [
      { id: 'first', title: 'Første del' },
      { id: 'second', title: 'Anden del', masteryScore: 80 },
    ],
  });

/** SCORM 2004 3rd edition with one SCO `main`, passed at 0.8. */
export const scorm2004Package = (): Promise<Buffer> => packageZip({ standard: 'scorm-2004-3' });

/** SCORM 2004 4th edition with one SCO `main`, passed at 0.8. */
export const scorm2004FourthPackage = (): Promise<Buffer> => packageZip({ standard: 'scorm-2004-4' });

const MAIN: TestSco = { id: 'main', title: 'Indhold', masteryScore: 80, passingScore: 0.8 };

function packageFiles({ standard = 'scorm-1.2', title = 'Prøveforløb', scos = [MAIN] }: TestPackage) {
  const pages = scos.map((sco) => [`${sco.id}.html`, page(sco)] as const);
  return {
    'imsmanifest.xml': manifestXml(standard, title, scos),
    'sco.js': SCO_SCRIPT,
    ...Object.fromEntries(pages),
  };
}

const NAMESPACES: Record<ScormStandard, { version: string; names: string }> = {
  'scorm-1.2': {
    version: '1.2',
    names: `xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"`,
  },
  'scorm-2004-3': { version: '2004 3rd Edition', names: names2004() },
  'scorm-2004-4': { version: '2004 4th Edition', names: names2004() },
};

function names2004(): string {
  return `xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss"`;
}

/** The manifest of such a package. */
export function manifestXml(standard: ScormStandard, title: string, scos: readonly TestSco[]): string {
  const { version, names } = NAMESPACES[standard];
  const type = standard === 'scorm-1.2' ? 'scormtype' : 'scormType';
  const items = scos.map((sco) => item(standard, sco)).join('\n');
  const resources = scos.map(
    ({ id }) =>
      `<resource identifier="res-${id}" type="webcontent" adlcp:${type}="sco" href="${id}.html">
      <file href="${id}.html"/><file href="sco.js"/></resource>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="vagtklar-test" version="1" ${names}>
  <metadata><schema>ADL SCORM</schema><schemaversion>${version}</schemaversion></metadata>
  <organizations default="org"><organization identifier="org"><title>${title}</title>
    ${items}
  </organization></organizations>
  <resources>${resources.join('\n')}</resources>
</manifest>`;
}

function item(standard: ScormStandard, sco: TestSco): string {
  const facts = standard === 'scorm-1.2' ? facts12(sco) : facts2004(standard, sco);
  return `<item identifier="${sco.id}" identifierref="res-${sco.id}"><title>${sco.title}</title>${facts}</item>`;
}

function facts12({ masteryScore, launchData }: TestSco): string {
  return [
    launchData === undefined ? '' : `<adlcp:datafromlms>${launchData}</adlcp:datafromlms>`,
    masteryScore === undefined ? '' : `<adlcp:masteryscore>${masteryScore}</adlcp:masteryscore>`,
  ].join('');
}

function facts2004(standard: ScormStandard, sco: TestSco): string {
  const { passingScore, completionThreshold: threshold, launchData } = sco;
  const fourth = `<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="${threshold}"/>`;
  const third = `<adlcp:completionThreshold>${threshold}</adlcp:completionThreshold>`;
  return [
    launchData === undefined ? '' : `<adlcp:dataFromLMS>${launchData}</adlcp:dataFromLMS>`,
    threshold === undefined ? '' : standard === 'scorm-2004-4' ? fourth : third,
    passingScore === undefined
      ? ''
      : `<imsss:sequencing><imsss:objectives>
        <imsss:primaryObjective objectiveID="primary" satisfiedByMeasure="true">
          <imsss:minNormalizedMeasure>${passingScore}</imsss:minNormalizedMeasure>
        </imsss:primaryObjective></imsss:objectives></imsss:sequencing>`,
  ].join('');
}

function page({ id, title }: TestSco): string {
  const buttons = ['progress', 'complete', 'pass', 'fail', 'finish'];
  return `<!doctype html>
<html lang="da"><head><meta charset="utf-8"><title>${title}</title><script src="sco.js"></script></head>
<body data-sco="${id}"><h1>${title}</h1>
<p>Bogmærke: <span id="bookmark"></span></p><p>Data: <span id="suspend"></span></p><p id="state" role="status"></p>
${buttons.map((name) => `<button type="button" id="${name}">${name}</button>`).join('\n')}
</body></html>`;
}

/** Finds the API up the chain of parents, as SCORM 1.2 RTE §3.3.6.1 and SCORM 2004 RTE §3.3.1 have it, and drives it by buttons. */
const SCO_SCRIPT = `'use strict';
(() => {
  const find = (name) => {
    const seek = (from) => {
      for (let win = from, tries = 0; tries < 500; tries += 1) {
        if (win[name]) return win[name];
        if (win.parent === win) return null;
        win = win.parent;
      }
      return null;
    };
    return seek(window) || (window.opener ? seek(window.opener) : null);
  };
  const api2004 = find('API_1484_11');
  const api12 = api2004 ? null : find('API');
  const is2004 = api2004 !== null;
  const call = (name, ...values) => {
    if (is2004) return api2004[name](...values);
    return api12[{ Terminate: 'LMSFinish' }[name] || 'LMS' + name](...values);
  };
  const names = is2004
    ? { location: 'cmi.location', exit: 'cmi.exit', raw: 'cmi.score.raw', min: 'cmi.score.min', max: 'cmi.score.max' }
    : { location: 'cmi.core.lesson_location', exit: 'cmi.core.exit', raw: 'cmi.core.score.raw',
        min: 'cmi.core.score.min', max: 'cmi.core.score.max' };
  let running = false;
  const show = (id, text) => { document.getElementById(id).textContent = text; };
  const set = (name, value) => {
    if (call('SetValue', name, value) !== 'true') show('state', 'refused ' + name + ' ' + call('GetLastError'));
  };
  const commit = (what) => show('state', what + ' ' + call('Commit', ''));
  const completion = (value) => set(is2004 ? 'cmi.completion_status' : 'cmi.core.lesson_status', value);
  const success = (value, raw) => {
    set(names.min, '0'); set(names.max, '100'); set(names.raw, String(raw));
    if (is2004) { set('cmi.score.scaled', String(raw / 100)); completion('completed'); set('cmi.success_status', value); }
    else set('cmi.core.lesson_status', value);
  };
  const finish = () => {
    if (!running) return 'false';
    running = false;
    return call('Terminate', '');
  };
  const actions = {
    progress: () => {
      const step = Number(/\\d+/.exec(call('GetValue', names.location)) || 0) + 1;
      set(names.location, 'page-' + step);
      set('cmi.suspend_data', JSON.stringify({ sco: document.body.dataset.sco, step }));
      set(names.exit, 'suspend');
      completion('incomplete');
      commit('progress');
    },
    complete: () => { completion('completed'); commit('complete'); },
    pass: () => { success('passed', 90); commit('pass'); },
    fail: () => { success('failed', 30); commit('fail'); },
    finish: () => show('state', 'finish ' + finish()),
  };
  window.addEventListener('DOMContentLoaded', () => {
    if (!api2004 && !api12) { show('state', 'no api'); return; }
    running = call('Initialize', '') === 'true';
    show('state', running ? 'ready' : 'not initialized');
    show('bookmark', call('GetValue', names.location));
    show('suspend', call('GetValue', 'cmi.suspend_data'));
    for (const [id, action] of Object.entries(actions)) document.getElementById(id).addEventListener('click', action);
  });
  window.addEventListener('pagehide', finish);
})();
`;
