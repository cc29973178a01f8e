// What stands above the answer to words that may need a person: crisis lines, one's own plan, and who is told (CR-3, CR-13).
import type { App } from '../src/app.ts'
import type { Audience, Person } from '../src/care/members/ports.ts'
import type { Hearer, Shown } from '../src/care/safety/screening.ts'
import type { Call } from '../src/kit/command.ts'
import { button, say, small, type Block } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere, linesNow } from './help-now.ts'
import { watched } from './words/coverage.ts'

/** For words that were kept private before and reach others now: looked at again for those who will read them. */
export async function nowHeardBy(
  call: Call<App, Person>,
  audience: Audience,
  texts: readonly (string | undefined)[],
): Promise<readonly Block[]> {
  if (audience === 'me') return []
  const hearer: Hearer = audience === 'group' ? 'group' : 'staff'
  const said = texts.filter((text) => text !== undefined)
  return screened(
    call,
    await call.app.screening.take(call.actor, { texts: said, hearer, source: 'shared' }, call.now),
  )
}

export async function screened(call: Call<App, Person>, shown: Shown): Promise<readonly Block[]> {
  switch (shown.kind) {
    case 'nothing':
      return []
    case 'line':
      return say(t('safety.card.line'), button(t('help.now.button'), helpNowHere, {})).blocks
    case 'unscreened':
      return say(t('safety.card.unscreened'), button(t('help.now.button'), helpNowHere, {})).blocks
    case 'card':
      return [
        ...say(t(`safety.card.${shown.level}`)).blocks,
        ...linesNow(call),
        ...say(t(`safety.card.${shown.told}`), small(await watched(call)), small(t('safety.card.kept')))
          .blocks,
      ]
  }
}
