// Packages of a size, over real HTTP: how long each takes, and how much memory the server needs.
import { randomBytes } from 'node:crypto';
import { ZipFile } from 'yazl';

const FILES = 100;

/** Uploads three packages one after the other. */
export async function uploadPackages({ server, keys }, megabytes) {
  const headers = { authorization: `Bearer ${keys.secretariat}` };
  const call = async (path, body, more = {}) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method: 'POST',
      body,
      headers: { ...headers, ...more },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const course = { code: 'bench-package', title: 'Bench', estimatedMinutes: 1 };
  const { id } = await call('/courses', JSON.stringify(course), { 'content-type': 'application/json' });
  server.forgetPeak();
  const before = server.memory().now;
  const seconds = [];
  for (let n = 0; n < 3; n += 1) {
    const zip = await packageOf(megabytes);
    const started = performance.now();
    await call(`/courses/${id}/versions`, zip, { 'content-type': 'application/zip' });
    seconds.push((performance.now() - started) / 1000);
  }
  return { megabytes, files: FILES + 2, seconds, before, peak: server.memory().peak };
}

/** A valid package of files that cannot be compressed, as media cannot. */
async function packageOf(megabytes) {
  const zip = new ZipFile();
  const size = Math.floor((megabytes * 1024 * 1024) / FILES);
  zip.addBuffer(Buffer.from(MANIFEST), 'imsmanifest.xml');
  zip.addBuffer(Buffer.from('<!doctype html><title>Bench</title>'), 'main.html');
  for (let n = 0; n < FILES; n += 1) zip.addBuffer(randomBytes(size), `media/${n}.mp4`, { compress: false });
  zip.end();
  const parts = [];
  for await (const part of zip.outputStream) parts.push(part);
  return Buffer.concat(parts);
}

const MANIFEST = `<?xml version="1.0"?>
<manifest identifier="bench" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>Bench</title>
    <item identifier="main" identifierref="r"><title>Bench</title></item></organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="main.html"/></resources>
</manifest>`;
