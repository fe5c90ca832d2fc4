import type { FieldFault } from '../../common/domain-error.js';
import { hasMessage, type Translator } from '../i18n/translate.js';

/** What to do about a faulty field: the field's own sentence when there is one, else the general one of the code. */
export function faultMessage(fault: FieldFault, t: Translator): string {
  const own = `validation.${fault.field}.${fault.code}`;
  return t(hasMessage(own) ? own : `validation.${fault.code}`, fault.args);
}
