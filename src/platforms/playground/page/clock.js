// The program's clock: what it says for the person one is, and moving it forward.
import { ask } from './api.js'
import { $ } from './dom.js'
import { now, setNow, state, w } from './state.js'
import { during, note } from './waiting.js'

const dialog = $('clock-dialog')
const format = (options) => new Intl.DateTimeFormat(state.language, { timeZone: state.zone, ...options })

export function drawClock() {
  const at = now()
  $('clock-time').textContent = format({ timeStyle: 'short' }).format(at)
  const city = state.zone.split('/').at(-1).replaceAll('_', ' ')
  $('clock-day').textContent =
    `${format({ weekday: 'short', day: 'numeric', month: 'short' }).format(at)} · ${city}`
}
setInterval(drawClock, 1000)

async function move(wish) {
  $('clock-problem').textContent = ''
  $('clock').setAttribute('aria-busy', 'true')
  const moved = await during(ask('clock', { wish }))
  $('clock').removeAttribute('aria-busy')
  $('clock-problem').textContent = moved?.problem ?? ''
  if (moved?.problem && !dialog.open) dialog.showModal()
  if (!moved || moved.problem) return
  dialog.close()
  // The stream says it to everybody, and may say it later than this answer.
  setNow(moved.now)
  drawClock()
  note(w('moved', { time: format({ dateStyle: 'full', timeStyle: 'short' }).format(now()) }))
}

for (const button of document.querySelectorAll('[data-minutes]'))
  button.addEventListener('click', () => void move({ minutes: Number(button.dataset.minutes) }))
for (const button of document.querySelectorAll('[data-tomorrow]'))
  button.addEventListener('click', () => void move({ tomorrowAt: button.dataset.tomorrow }))

$('clock').addEventListener('click', () => {
  $('clock-problem').textContent = ''
  // The Swedish way to write a day is the one an input understands.
  const tomorrow = new Date(now().getTime() + 86_400_000)
  $('clock-to-day').value = new Intl.DateTimeFormat('sv', { timeZone: state.zone }).format(tomorrow)
  dialog.showModal()
})
$('clock-cancel').addEventListener('click', () => dialog.close())
dialog.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault()
  const [day, time] = [$('clock-to-day').value, $('clock-to-time').value.slice(0, 5)]
  if (day && time) void move({ day, time })
})
