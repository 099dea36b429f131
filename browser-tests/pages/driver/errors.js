console.error('printed', new RangeError('inside'))
setTimeout(() => {
  throw new TypeError('uncaught one')
})
Promise.reject(new Error('rejected one'))
try {
  // biome-ignore lint/security/noGlobalEval: the page's policy has to refuse it
  eval('1')
} catch (error) {
  console.error('eval', error instanceof Error ? error.name : error)
}
setTimeout(() => {
  const state = document.getElementById('state')
  if (state !== null) state.textContent = 'done'
}, 200)
