import { DomainError } from '../../common/domain-error.js';
import { resolveHref, type PackageAddress } from './href.rules.js';
import type { Sco, ScormStandard } from './manifest.js';
import { readSequencing } from './sequencing.rules.js';
import { child, childrenOf, line, numberIn } from './xml-access.rules.js';
import type { XmlElement } from './xml.rules.js';

const MOST_ITEMS = 500;
const DEEPEST_ITEM = 20;
const LONGEST_ID = 200;
const LONGEST_TITLE = 300;
/** SCORM 2004 RTE §4.2.12 promises 4,000 characters of `cmi.launch_data`. */
const LONGEST_LAUNCH_DATA = 4_000;
const TIME_LIMIT_ACTIONS = ['exit,message', 'exit,no message', 'continue,message', 'continue,no message'];

/** A resource with the bases its address stands on. */
interface Resource {
  id: string;
  href: string;
  bases: string[];
  kind: Sco['kind'];
}

interface Item {
  element: XmlElement;
  depth: number;
}

/**
 * The launchable items of an organization, in its order; items without content of their own are passed over. Without an
 * organization, or with an empty one, it is the first resource that is a SCO.
 * @throws DomainError `manifest_too_large`, `manifest_resource_unknown`, `manifest_href_outside`
 */
export function readItems(
  root: XmlElement,
  organization: XmlElement | undefined,
  standard: ScormStandard,
): Sco[] {
  const resources = resourcesOf(root);
  const items = organization ? itemsBelow(organization, 0) : [];
  if (items.length === 0) return onlySco(resources);
  const scos = items.flatMap((item) => {
    const resource = resourceOf(item.element, resources);
    return resource ? [toSco(item, resource, root, standard)] : [];
  });
  return withUniqueIds(scos);
}

function itemsBelow(parent: XmlElement, depth: number): Item[] {
  const own = childrenOf(parent, 'item');
  if (own.length > 0 && depth >= DEEPEST_ITEM) throw new DomainError('manifest_too_large', 'rule');
  const all = own.flatMap((element) => [{ element, depth }, ...itemsBelow(element, depth + 1)]);
  if (all.length > MOST_ITEMS) throw new DomainError('manifest_too_large', 'rule');
  return all;
}

function resourcesOf(root: XmlElement): Map<string, Resource> {
  const all = child(root, 'resources');
  const found = (all ? childrenOf(all, 'resource') : []).map((element) => ({
    id: element.attributes.get('identifier')?.trim() ?? '',
    href: element.attributes.get('href')?.trim() ?? '',
    bases: [root, all!, element].flatMap((level) => level.attributes.get('base') ?? []),
    // Tools that leave it out mean a SCO: an asset alone would be no reason to make a package.
    kind: /^asset$/i.test(element.attributes.get('scormtype')?.trim() ?? 'sco')
      ? ('asset' as const)
      : ('sco' as const),
  }));
  return new Map(found.map((resource) => [resource.id, resource]));
}

/** Undefined for a heading; an item that names a resource which is not there would be a part that nobody could take. */
function resourceOf(item: XmlElement, resources: Map<string, Resource>): Resource | undefined {
  const reference = item.attributes.get('identifierref')?.trim();
  if (!reference) return undefined;
  const resource = resources.get(reference);
  if (!resource)
    throw new DomainError('manifest_resource_unknown', 'rule', { args: { resource: line(reference, 100) } });
  return resource.href === '' ? undefined : resource;
}

function toSco({ element, depth }: Item, resource: Resource, root: XmlElement, standard: ScormStandard): Sco {
  const { attributes } = element;
  return {
    id: line(attributes.get('identifier'), LONGEST_ID) || line(resource.id, LONGEST_ID),
    title: line(child(element, 'title')?.text, LONGEST_TITLE) || line(resource.id, LONGEST_TITLE),
    ...resolveHref(resource.bases, resource.href, attributes.get('parameters') ?? ''),
    kind: resource.kind,
    isVisible: attributes.get('isvisible')?.trim() !== 'false',
    depth,
    ...(standard === 'scorm-1.2' ? factsOf12(element) : factsOf2004(element, root)),
    dataFromLms: launchData(element),
    timeLimitAction: timeLimitAction(element),
  };
}

type Facts = Pick<
  Sco,
  'masteryScore' | 'passingScore' | 'completionThreshold' | 'maxTimeAllowed' | 'objectives'
>;

/** SCORM 1.2 CAM §2.3.2.5.2. */
function factsOf12(item: XmlElement): Facts {
  return {
    masteryScore: numberIn(child(item, 'masteryscore')?.text, 0, 100),
    passingScore: null,
    completionThreshold: null,
    maxTimeAllowed: line(child(item, 'maxtimeallowed')?.text, 50) || null,
    objectives: [],
  };
}

/** SCORM 2004 CAM 1.3 §3.4.1 and §5.1. */
function factsOf2004(item: XmlElement, root: XmlElement): Facts {
  const { passingScore, objectives, attemptLimit } = readSequencing(item, root);
  return {
    masteryScore: null,
    passingScore,
    completionThreshold: completionThreshold(child(item, 'completionthreshold')),
    maxTimeAllowed: attemptLimit && line(attemptLimit, 50),
    objectives,
  };
}

/** The element's text in the 3rd edition; in the 4th `minProgressMeasure`, 1.0 by default, where `completedByMeasure` is true. */
function completionThreshold(element: XmlElement | undefined): number | null {
  if (!element) return null;
  const byMeasure = element.attributes.get('completedbymeasure')?.trim();
  if (byMeasure === undefined && !element.attributes.has('minprogressmeasure'))
    return numberIn(element.text, 0, 1);
  return byMeasure === 'true' ? numberIn(element.attributes.get('minprogressmeasure') ?? '1.0', 0, 1) : null;
}

/** Kept as it is but for its length: it may be JSON or a query. */
function launchData(item: XmlElement): string | null {
  const text = child(item, 'datafromlms')?.text.trim() ?? '';
  return text === '' ? null : Array.from(text).slice(0, LONGEST_LAUNCH_DATA).join('');
}

function timeLimitAction(item: XmlElement): string | null {
  const action = line(child(item, 'timelimitaction')?.text, 50)
    .toLowerCase()
    .replace(/\s*,\s*/, ',');
  return TIME_LIMIT_ACTIONS.includes(action) ? action : null;
}

function onlySco(resources: Map<string, Resource>): Sco[] {
  const resource = [...resources.values()].find(({ kind, href }) => kind === 'sco' && href !== '');
  if (!resource) return [];
  const address: PackageAddress = resolveHref(resource.bases, resource.href, '');
  const id = line(resource.id, LONGEST_ID) || 'sco';
  return [
    {
      id,
      title: id,
      ...address,
      kind: 'sco',
      isVisible: true,
      depth: 0,
      masteryScore: null,
      passingScore: null,
      completionThreshold: null,
      dataFromLms: null,
      maxTimeAllowed: null,
      timeLimitAction: null,
      objectives: [],
    },
  ];
}

/** A repeated identifier gets a number, so that progress is never written to another part. */
function withUniqueIds(scos: Sco[]): Sco[] {
  const taken = new Set<string>();
  return scos.map((sco) => {
    let id = sco.id || 'sco';
    for (let n = 2; taken.has(id); n += 1) id = `${sco.id}~${n}`;
    taken.add(id);
    return { ...sco, id };
  });
}
