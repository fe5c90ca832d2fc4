// The player: a bar, a menu where there are several units, and the content in a frame.
import { MessageQueue } from './message-queue.js';
import { openRuntime } from './runtime.js';

const launch = JSON.parse(document.getElementById('launch').textContent);
const texts = document.body.dataset;
const frame = document.getElementById('content');
const saved = document.getElementById('saved');
const notice = document.getElementById('notice');
const menu = document.getElementById('menu');
const UNLOAD_MS = 2_000;
const LEAVE_MS = 8_000;

let runtime;
let current = -1;
let isThrough = false;
const windows = new Set();

const queue = new MessageQueue({
  url: launch.commitUrl,
  onChange(state) {
    saved.textContent = texts[state] ?? '';
    saved.dataset.state = state;
    if (state === 'signed_out') show('notice-signed-out');
    else if (state === 'ended') show('notice-ended');
    else if (['signed-out', 'ended'].includes(notice.dataset.shown)) show(null);
  },
  onSaved(answer) {
    if (answer.isSuperseded) return show('notice-superseded');
    if (answer.isFinished && !isThrough && !launch.isReview) {
      isThrough = true;
      show('notice-through');
    }
  },
});

/** One notice at a time, above the content; the content stays as it is. */
function show(id) {
  for (const one of notice.children) one.hidden = one.id !== id;
  notice.hidden = id === null;
  notice.dataset.shown = id?.replace('notice-', '') ?? '';
}

function open(position) {
  current = position;
  const unit = launch.units[position];
  runtime = openRuntime({
    standard: launch.standard,
    unit,
    push(message) {
      unit.cmi = withEntry(message);
      markUnit(unit, message.payload);
      queue.push(message);
    },
    onFinished: () => finished(),
    onMove: (step) => setTimeout(() => moveTo(current + step)),
  });
  for (const [index, button] of menuButtons().entries())
    if (index === position) button.setAttribute('aria-current', 'step');
    else button.removeAttribute('aria-current');
  frame.title = unit.title;
  frame.src = unit.url;
}

/** Content that is opened again in the same sitting finds what it would find in the next one. */
function withEntry({ isFinal, payload }) {
  const { session_time: _, exit, ...rest } = payload.runtimeData.cmi;
  if (!rest.core) return { ...rest, entry: entryOf(isFinal, exit, rest.suspend_data || rest.location) };
  const { session_time: __, exit: exit12, ...core } = rest.core;
  const entry = entryOf(isFinal, exit12, rest.suspend_data || core.lesson_location);
  return { ...rest, core: { ...core, entry } };
}

/** As the server has it in `starting-data.rules.ts`. */
function entryOf(isFinal, exit, bookmark) {
  return exit === 'suspend' || (!isFinal && bookmark) ? 'resume' : '';
}

function markUnit(unit, { completionStatus }) {
  if (completionStatus !== 'completed' || unit.isCompleted) return;
  unit.isCompleted = true;
  const mark = menuButtons()[launch.units.indexOf(unit)]?.querySelector('.done');
  if (mark) mark.hidden = false;
}

function menuButtons() {
  return [...menu.querySelectorAll('button')];
}

/** The content said goodbye itself. */
function finished() {
  if (launch.units.length > 1 && launch.units.some((unit) => !unit.isCompleted)) return toggleMenu(true);
  if (!isThrough) show('notice-closed');
}

/** Some packages open a window of their own for what is to be learnt; it finds the interface through the frame it came from. */
function watchWindows() {
  const content = frame.contentWindow;
  const openWindow = content.open;
  content.open = (...args) => {
    const opened = openWindow.apply(content, args);
    if (opened) windows.add(opened);
    return opened;
  };
}

/** Closes them first: they save what they save on leaving, and nothing done in them later would be saved. */
async function closeWindows() {
  const gone = [...windows].filter((one) => !one.closed).map(leaveWindow);
  windows.clear();
  await Promise.race([Promise.all(gone), pause(UNLOAD_MS)]);
}

async function leaveWindow(one) {
  const hidden = new Promise((resolve) => one.addEventListener('pagehide', resolve, { once: true }));
  one.close();
  await hidden;
  // What listens to `unload` comes after what listens to `pagehide`.
  await pause(0);
}

/** Empties the frame, so that the content saves what it saves on leaving, and says goodbye for it if it does not. */
async function closeUnit() {
  runtime?.prepareToClose();
  await closeWindows();
  const emptied = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  frame.src = 'about:blank';
  await Promise.race([emptied, pause(UNLOAD_MS)]);
  runtime?.close();
}

async function moveTo(position) {
  if (!launch.units[position]) return;
  toggleMenu(false);
  await closeUnit();
  open(position);
}

async function leave() {
  await closeUnit();
  await Promise.race([queue.settled(), pause(LEAVE_MS)]);
  if (!queue.isEmpty()) return show('notice-unsaved');
  await endLaunch();
}

async function endLaunch() {
  // The answer does not matter: a launch that is not ended here ends by itself.
  await fetch(launch.endUrl, { method: 'POST' }).catch(() => undefined);
  goBack();
}

function goBack() {
  window.removeEventListener('beforeunload', warn);
  location.href = launch.backUrl;
}

function warn(event) {
  runtime?.save();
  if (!queue.isEmpty() && saved.dataset.state !== 'saving') event.preventDefault();
}

function toggleMenu(isOpen = menu.hidden) {
  menu.hidden = !isOpen;
  document.getElementById('menu-button')?.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) menu.querySelector('button')?.focus();
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

frame.addEventListener('load', watchWindows);
document.getElementById('exit').addEventListener('click', leave);
document.getElementById('menu-button')?.addEventListener('click', () => toggleMenu());
menu.addEventListener('keydown', (event) => event.key === 'Escape' && toggleMenu(false));
for (const [index, button] of menuButtons().entries()) button.addEventListener('click', () => moveTo(index));
for (const button of document.querySelectorAll('[data-action="leave"]'))
  button.addEventListener('click', leave);
for (const button of document.querySelectorAll('[data-action="go-back"]'))
  button.addEventListener('click', goBack);
for (const button of document.querySelectorAll('[data-action="hide"]'))
  button.addEventListener('click', () => show(null));
for (const button of document.querySelectorAll('[data-action="retry"]'))
  button.addEventListener('click', leaveAgain);

async function leaveAgain() {
  queue.retry();
  await Promise.race([queue.settled(), pause(LEAVE_MS)]);
  if (queue.isEmpty()) await endLaunch();
}

window.addEventListener('beforeunload', warn);
window.addEventListener('pagehide', () => {
  runtime?.save();
  queue.leave();
});
window.addEventListener('pageshow', (event) => event.persisted && location.reload());
window.addEventListener('online', () => queue.retry());
// A phone may end a page that is not seen any more without a word.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') runtime?.save();
  else queue.retry();
});

saved.textContent = texts.saved;
saved.dataset.state = 'saved';
open(
  Math.max(
    0,
    launch.units.findIndex((unit) => unit.index === launch.first),
  ),
);
