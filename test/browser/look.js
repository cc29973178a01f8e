// Runs inside the page: what every state of it must keep, found by looking at each element on screen.
const canvas = document.createElement('canvas')
canvas.width = canvas.height = 1
const context = canvas.getContext('2d', { willReadFrequently: true })

/** Colours laid over each other, as the lightness that contrast is made of. */
function lightness(layers) {
  for (const layer of layers) {
    context.fillStyle = layer
    context.fillRect(0, 0, 1, 1)
  }
  const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((one) =>
    one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(element) {
  const behind = ['#fff']
  for (let at = element; at; at = at.parentElement) behind.splice(1, 0, getComputedStyle(at).backgroundColor)
  const [one, other] = [lightness(behind), lightness([...behind, getComputedStyle(element).color])]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** Texts whose contrast with what is behind them is below 4.5 to 1. */
function faintTexts() {
  const top = document.querySelector('dialog[open]') ?? document.body
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT)
  const faint = []
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    const words = walker.currentNode.textContent.trim()
    if (words === '' || !element.checkVisibility() || element.closest('.hide, option')) continue
    const ratio = contrast(element)
    if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${words}`)
  }
  return faint
}

const named = (element) =>
  element.hasAttribute('aria-label') ||
  element.hasAttribute('alt') ||
  ['alert', 'status'].includes(element.getAttribute('role')) ||
  document.getElementById(element.getAttribute('aria-labelledby')) !== null ||
  [...(element.labels ?? [])].some((label) => label.textContent !== '') ||
  (element.tagName !== 'INPUT' && element.textContent.trim() !== '')

/** Controls and pictures that a screen reader could not name. */
const nameless = () =>
  [...document.querySelectorAll('button, a, input, select, textarea, summary, img, dialog, [role]')]
    .filter((element) => element.checkVisibility() && !named(element))
    .map((element) => element.outerHTML.slice(0, 120))

/** How far the page can be pushed sideways; 0 on a page that fits. */
const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth

globalThis.look = () => ({ faintTexts: faintTexts(), nameless: nameless(), overflow: overflow() })
