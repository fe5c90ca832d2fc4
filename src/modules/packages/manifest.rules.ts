import { DomainError } from '../../common/domain-error.js';
import { readItems } from './manifest-items.rules.js';
import type { PackageManifest, ScormStandard } from './manifest.js';
import { child, childrenOf, line } from './xml-access.rules.js';
import { decodeXml, readXml, type XmlElement } from './xml.rules.js';

/** The largest manifest that is read, in bytes; real ones stay below one megabyte. */
export const LARGEST_MANIFEST = 5 * 1024 * 1024;

const LONGEST_TITLE = 300;

/**
 * Reads an `imsmanifest.xml`.
 * @throws DomainError `manifest_too_large`, `manifest_unreadable`, `manifest_not_scorm`, `manifest_without_sco`,
 * `manifest_resource_unknown`, `manifest_href_outside`
 */
export function readManifest(xml: string | Uint8Array): PackageManifest {
  if (xml.length > LARGEST_MANIFEST) throw new DomainError('manifest_too_large', 'rule');
  const text = typeof xml === 'string' ? xml : decodeXml(xml);
  const root = readXml(text.replace(/^\ufeff/, ''));
  if (root.name !== 'manifest') throw new DomainError('manifest_not_scorm', 'rule');
  const standard = standardOf(root, text);
  const organization = organizationOf(root);
  const scos = readItems(root, organization, standard);
  if (!scos.some(({ kind }) => kind === 'sco')) throw new DomainError('manifest_without_sco', 'rule');
  return { standard, title: titleOf(root, organization) || scos[0]!.title, scos };
}

/** By `schemaversion`, else by the namespace of ADL's own elements (SCORM 1.2 CAM §2.3.2.2, SCORM 2004 CAM 1.3 §3.4.1.3). */
function standardOf(root: XmlElement, text: string): ScormStandard {
  const metadata = child(root, 'metadata');
  const version = metadata && line(child(metadata, 'schemaversion')?.text, 100).toLowerCase();
  if (version === '1.2') return 'scorm-1.2';
  if (version && /2004.*4th/.test(version)) return 'scorm-2004-4';
  if (version && /2004|^(cam )?1\.3$/.test(version)) return 'scorm-2004-3';
  if (text.includes('adlcp_rootv1p2')) return 'scorm-1.2';
  if (text.includes('adlcp_v1p3')) return 'scorm-2004-3';
  throw new DomainError('manifest_not_scorm', 'rule');
}

/** The default organization, or the first where none is named or the named one is not there. */
function organizationOf(root: XmlElement): XmlElement | undefined {
  const all = child(root, 'organizations');
  const organizations = all ? childrenOf(all, 'organization') : [];
  const wanted = all?.attributes.get('default')?.trim();
  return organizations.find((o) => o.attributes.get('identifier')?.trim() === wanted) ?? organizations[0];
}

function titleOf(root: XmlElement, organization: XmlElement | undefined): string {
  const own = organization && line(child(organization, 'title')?.text, LONGEST_TITLE);
  return own || metadataTitle(root) || line(root.attributes.get('identifier'), LONGEST_TITLE);
}

/** `lom/general/title`, whose text stands in `langstring` (SCORM 1.2) or `string` (SCORM 2004). */
function metadataTitle(root: XmlElement): string {
  const found = ['metadata', 'lom', 'general', 'title'].reduce<XmlElement | undefined>(
    (element, name) => element && child(element, name),
    root,
  );
  return line(found?.children[0]?.text ?? found?.text, LONGEST_TITLE);
}
