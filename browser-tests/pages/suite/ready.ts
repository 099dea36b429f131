/** Tells the test that the page's modules have run. */
export function markReady(): void {
  const ready = document.getElementById('ready')
  if (ready !== null) ready.textContent = 'ready'
}
