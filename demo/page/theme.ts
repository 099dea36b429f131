/** Auto follows the system; the choice stays in this browser. */

const key = 'demo theme'
const themes = ['auto', 'light', 'dark'] as const

export function offerThemes(fieldset: HTMLElement): void {
  const stored = themes.find((theme) => theme === localStorage.getItem(key)) ?? 'auto'
  for (const input of fieldset.querySelectorAll('input')) {
    input.checked = input.value === stored
    input.addEventListener('change', () => {
      localStorage.setItem(key, input.value)
      apply(input.value)
    })
  }
  apply(stored)
}

function apply(theme: string): void {
  document.documentElement.dataset['theme'] = theme
}
