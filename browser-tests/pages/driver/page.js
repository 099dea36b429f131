/** @param {string} id */
const element = (id) => {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`no element ${id}`)
  return found
}

const field = element('name')
if (!(field instanceof HTMLInputElement)) throw new Error('not a field')

element('greet').addEventListener('click', () => {
  setTimeout(() => {
    element('greeting').textContent = `Hello ${field.value}`
  }, 50)
})
element('greet').removeAttribute('disabled')
