// The one thing offered at the end of a check-in. Rules of our own, not clinical thresholds.
import type { CheckIn } from '../../src/care/checkins/ports.ts'
import { button, small, type Block, type Button } from '../../src/kit/reply.ts'
import { t } from '../../src/words/text.ts'
import { helpNowHere } from '../help-now.ts'
import { seeWeek } from '../progress.ts'
import { askSoon } from '../reminders.ts'
import { skillsDoor } from './doors.ts'

const number = (checkIn: CheckIn, id: string): number | undefined => {
  const said = checkIn.answers[id]
  return typeof said === 'number' ? said : undefined
}

export function offerAfter(checkIn: CheckIn): readonly (Block | Button)[] {
  const urge = number(checkIn, 'urge') ?? 0
  const mood = number(checkIn, 'mood') ?? 10
  const stress = number(checkIn, 'stress') ?? 0
  if (urge >= 9 || mood <= 1)
    return [
      small(t('checkins.offer.hard')),
      button(t('help.now.button'), helpNowHere, {}, 'main'),
      button(t('skills.fits'), skillsDoor, { need: urge >= 9 ? 'urge' : 'low' }),
    ]
  if (urge >= 7)
    return [
      small(t('checkins.offer.urge')),
      button(t('skills.fits'), skillsDoor, { need: 'urge' }, 'main'),
      button(t('checkins.offer.ask-soon'), askSoon, {}),
    ]
  if (stress >= 8 || mood <= 3)
    return [
      small(t('checkins.offer.low')),
      button(t('skills.fits'), skillsDoor, { need: stress >= 8 ? 'overwhelm' : 'low' }, 'main'),
      button(t('help.now.button'), helpNowHere, {}),
    ]
  return [button(t('checkins.offer.week'), seeWeek, { days: '7' }, 'main')]
}
