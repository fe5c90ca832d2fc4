// Comfort only: every page works without this script.
document.addEventListener('DOMContentLoaded', () => {
  window.DKFDS?.init();
  // The summary of a form's faults takes the focus, so that a screen reader begins there.
  document.querySelector('[data-module="error-summary"]')?.focus();
  // What was done is said once, not again after a reload.
  const address = new URL(location.href);
  if (address.searchParams.has('done')) {
    address.searchParams.delete('done');
    history.replaceState(null, '', address);
  }
  // A form that is on its way is not sent again by a second click.
  for (const form of document.querySelectorAll('form')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'true';
    });
  }
});
// A page taken from the browser's memory may be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});
