import type { XmlElement } from './xml.rules.js';
import { child, childrenOf, numberIn } from './xml-access.rules.js';

/** What an item's sequencing says that a player needs before it starts the item. */
export interface ItemSequencing {
  objectives: string[];
  passingScore: number | null;
  attemptLimit: string | null;
}

const MOST_OBJECTIVES = 100;
const LONGEST_ID = 4_000;

/**
 * Reads `imsss:sequencing` of an item, with what it takes over from the manifest's sequencing collection by `IDRef`; its own
 * elements come first (SCORM 2004 SN §3, CAM 1.3 §5.1.1).
 */
export function readSequencing(item: XmlElement, manifest: XmlElement): ItemSequencing {
  const own = child(item, 'sequencing');
  const sources = [own, own && shared(own, manifest)].filter((source) => source !== undefined);
  const first = (name: string) => sources.map((source) => child(source, name)).find((e) => e !== undefined);
  const objectives = first('objectives');
  const primary = objectives && child(objectives, 'primaryobjective');
  const others = objectives ? childrenOf(objectives, 'objective') : [];
  return {
    objectives: [primary, ...others].flatMap(objectiveId).slice(0, MOST_OBJECTIVES),
    passingScore: primary ? passingScore(primary) : null,
    attemptLimit: first('limitconditions')?.attributes.get('attemptabsolutedurationlimit')?.trim() || null,
  };
}

function shared(own: XmlElement, manifest: XmlElement): XmlElement | undefined {
  const reference = own.attributes.get('idref');
  const collection = reference === undefined ? undefined : child(manifest, 'sequencingcollection');
  return collection && childrenOf(collection, 'sequencing').find((s) => s.attributes.get('id') === reference);
}

function objectiveId(objective: XmlElement | undefined): string[] {
  const id = objective?.attributes.get('objectiveid')?.trim();
  return id ? [id.slice(0, LONGEST_ID)] : [];
}

/** `minNormalizedMeasure` of the primary objective, 1.0 where it is left out (SCORM 2004 RTE §4.2.18). */
function passingScore(primary: XmlElement): number | null {
  if (primary.attributes.get('satisfiedbymeasure')?.trim() !== 'true') return null;
  const measure = child(primary, 'minnormalizedmeasure');
  return measure ? numberIn(measure.text, -1, 1) : 1;
}
