// The roll call: each tap is saved at once, or as soon as the network is back. Without this script one button saves the whole form.
import { MarkQueue } from './mark-queue.js';

const REFRESH_MS = 30_000;
const shown = document.getElementById('unsent');
const [said, signIn] = shown.children;
const texts = shown.dataset;
const form = document.getElementById('roll-call');
const rolls = document.getElementById('rolls');
const search = document.getElementById('search');
const walkIns = document.getElementById('walk-ins');
const nobody = document.getElementById('nobody');
/** A tablet's clock may be wrong; the server's is the one by which marks are weighed. */
const ahead = Date.parse(texts.now) - Date.now();
/** Rows in which something is typed that has not been taken as a mark yet. */
const typedIn = new Set();
/** What the server would not take, until something else is said. */
let refusal = '';
let hasSent = false;
let refreshes = 0;

const queue = new MarkQueue({
  url: `/api/v1/onboarding-days/${texts.day}/attendances`,
  key: `vk-marks-${texts.day}`,
  csrf: texts.csrf,
  language: document.documentElement.lang,
  renewCsrf: async () => (await freshPage())?.getElementById('unsent')?.dataset.csrf,
  onChange(state) {
    tell(state);
    if (state === 'saved' && hasSent && queue.unsent().length === 0) void refresh();
  },
  onRefused(mark, detail) {
    const name = rowOf(mark.agentId)?.dataset.name ?? '';
    refusal = `${texts.refused.replace('%n', name)} ${detail}`;
  },
});

function tell(state) {
  const { length } = queue.unsent();
  const isStuck = length > 0 && state !== 'saved';
  shown.dataset.state = isStuck ? state : 'saved';
  signIn.hidden = !(isStuck && state === 'signed_out');
  const count = length === 1 ? texts.one : texts.many.replace('%n', length);
  if (isStuck) say(`${count} ${state === 'signed_out' ? texts.signedOut : texts.waiting}`);
  else if (refusal) say(refusal);
  else if (length === 0 && hasSent) say(texts.saved);
}

function say(text) {
  if (said.textContent !== text) said.textContent = text;
}

function rowOf(agentId) {
  return document.getElementById(`row-${agentId}`);
}

/** Everything that the row says, as one mark of this moment. */
function markRow(row) {
  const id = row.dataset.agent;
  const value = (name) => form.elements.namedItem(`${name}-${id}`)?.value.trim() ?? '';
  const status = value('status');
  if (!status) return say(texts.choose);
  const [again, note] = [value('again'), value('note')];
  const isAsked = status === 'partial' || status === 'excused';
  typedIn.delete(id);
  take({
    agentId: Number(id),
    status,
    ...(isAsked && again && { mustAttendAgain: again === 'yes' }),
    reason: (status !== 'attended' && value('reason')) || null,
    note: note || null,
  });
}

function take(mark) {
  hasSent = true;
  refusal = '';
  void queue.push({ ...mark, markedAt: new Date(Date.now() + ahead).toISOString() });
  count();
}

form.addEventListener('change', ({ target }) => {
  const row = target.closest('.vk-roll');
  if (!row) return;
  markRow(row);
  // Only these leave a question open.
  if (['partial', 'excused'].includes(target.value)) row.querySelector('details').open = true;
});
form.addEventListener('input', ({ target }) => {
  if (target.name.startsWith('note-')) typedIn.add(target.closest('.vk-roll').dataset.agent);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  delete form.dataset.sent;
});
form.querySelector('.vk-save').hidden = true;

/** What is marked here but not sent is shown as marked, also after a reload. */
function showUnsent() {
  for (const mark of queue.unsent()) {
    const row = rowOf(mark.agentId);
    if (!row) continue;
    const set = (name, value) => {
      const field = form.elements.namedItem(`${name}-${mark.agentId}`);
      if (field) field.value = value ?? '';
    };
    set('status', mark.status);
    if ('mustAttendAgain' in mark) set('again', mark.mustAttendAgain ? 'yes' : 'no');
    set('reason', mark.reason);
    set('note', mark.note);
  }
  count();
}

function count() {
  const counts = document.getElementById('counts');
  const marks = [...rolls.children].map(
    (row) => row.querySelector('.vk-marks input:checked')?.value ?? 'unmarked',
  );
  // A list that was narrowed by the server does not hold everybody.
  if (new URLSearchParams(location.search).get('q')) return;
  for (const number of counts.querySelectorAll('[data-count]')) {
    const kind = number.dataset.count;
    number.textContent = kind === 'all' ? marks.length : marks.filter((one) => one === kind).length;
  }
}

async function freshPage(address = location.href) {
  const answer = await fetch(address).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return undefined;
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

/** Brings in what others have marked, and who did; rows in which somebody is at work stay as they are. */
async function refresh() {
  const own = (refreshes += 1);
  const page = await freshPage();
  const list = page?.getElementById('rolls');
  // An older answer may come after a newer one.
  if (!list || own !== refreshes) return;
  queue.csrf = page.getElementById('unsent').dataset.csrf;
  const unsent = new Set(queue.unsent().map(({ agentId }) => String(agentId)));
  const focused = document.activeElement?.id;
  const rows = [...list.children].map((fresh) => {
    const known = rowOf(fresh.dataset.agent);
    if (!known) return document.adoptNode(fresh);
    if (unsent.has(fresh.dataset.agent) || typedIn.has(fresh.dataset.agent)) return known;
    if (known.contains(document.activeElement) && document.activeElement.matches('select')) return known;
    fresh.querySelector('details').open = known.querySelector('details').open;
    return document.adoptNode(fresh);
  });
  rolls.replaceChildren(...rows);
  if (focused && document.activeElement?.id !== focused)
    document.getElementById(focused)?.focus({ preventScroll: true });
  count();
  narrow();
}

/** Shows those whose name has what is typed. */
function narrow() {
  const wanted = search.elements.namedItem('q').value.trim().toLowerCase();
  for (const row of rolls.children) {
    const name = row.dataset.name.toLowerCase();
    row.hidden = !wanted.split(/\s+/).every((word) => name.includes(word));
  }
  nobody.hidden = wanted === '' || [...rolls.children].some((row) => !row.hidden);
}

search.addEventListener('input', narrow);
search.addEventListener('submit', async (event) => {
  event.preventDefault();
  delete search.dataset.sent;
  const wanted = search.elements.namedItem('q').value.trim();
  walkIns.hidden = wanted === '';
  if (wanted === '') return walkIns.replaceChildren();
  const page = await freshPage(`${location.pathname}?q=${encodeURIComponent(wanted)}`);
  const found = page?.getElementById('walk-ins');
  if (found) walkIns.replaceChildren(...document.adoptNode(found).children);
  else walkIns.textContent = texts.offline;
  walkIns.querySelector('h2')?.focus();
});
walkIns.addEventListener('submit', (event) => {
  event.preventDefault();
  const admitted = event.target;
  take({ agentId: Number(admitted.elements.namedItem('agentId').value), status: 'attended' });
  const note = document.createElement('p');
  note.textContent = texts.admitted;
  admitted.replaceWith(note);
});

window.addEventListener('online', () => void queue.retry());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  void queue.retry();
  void refresh();
});
setInterval(() => document.visibilityState === 'visible' && void refresh(), REFRESH_MS);
hasSent = queue.unsent().length > 0;
showUnsent();
narrow();
void queue.retry();
