import type { FormModel } from '../../../web/forms/form.js';

/** The skills to tick. @param form what was ticked */
export function skillChoices(known: readonly string[], form: FormModel) {
  const chosen = form.lists?.['skills'] ?? [];
  const all = [...new Set([...known, ...chosen])].sort((a, b) => a.localeCompare(b, 'da'));
  return all.map((skill, index) => ({ skill, id: `skill-${index}`, isChosen: chosen.includes(skill) }));
}

/** The skills of a posted form: those that were ticked, and those that were written, apart by commas. */
export function chosenSkills({
  skills = [],
  otherSkills = '',
}: {
  skills?: string[] | undefined;
  otherSkills?: string | undefined;
}): string[] {
  const written = otherSkills.split(/[,;\n]/).map((skill) => skill.trim().toLowerCase());
  return [...new Set([...skills, ...written])].filter((skill) => skill !== '');
}
