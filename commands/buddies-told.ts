// What is said about buddies without being asked: pointers, looked at again when they are sent.
import { z } from 'zod'
import { defineNotice } from '../src/bot.ts'
import { button, say, small } from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { buddiesDoor, buddyDoor, buddyQuestionDoor } from './words/buddy-doors.ts'

const about = z.object({ pair: z.string().min(1), group: z.string().min(1) })
const readers = small(t('buddies.told.readers'))
/** There is nothing to say any more about what is not there any more. */
const unlessGone = async <T>(found: Promise<T>): Promise<T | undefined> =>
  found.catch((error: unknown) => {
    if (error instanceof Refusal) return undefined
    throw error
  })

export const buddyAsked = defineNotice({
  id: 'buddy-asked',
  permit: 'member',
  params: about,
  async render({ app, actor, now }, { pair }) {
    if (!actor || !(await unlessGone(app.buddies.question(actor, pair, now)))) return undefined
    return say(
      t('buddies.told.asked'),
      button(t('buddies.told.look'), buddyQuestionDoor, { pair }, 'main'),
      readers,
    )
  },
})

export const buddyOn = defineNotice({
  id: 'buddy-on',
  permit: 'member',
  params: about,
  async render({ app, actor }, { pair }) {
    if (!actor || !(await unlessGone(app.buddies.buddy(actor, pair)))) return undefined
    return say(t('buddies.told.on'), button(t('buddies.title'), buddyDoor, { pair }, 'main'), readers)
  },
})

export const buddyEnded = defineNotice({
  id: 'buddy-ended',
  permit: 'member',
  params: about,
  render: () =>
    say(
      t('buddies.told.ended'),
      button(t('help.now.button'), helpNowHere, {}),
      button(t('buddies.title'), buddiesDoor, {}),
      readers,
    ),
})

export const buddiesBoth = defineNotice({
  id: 'buddy-both',
  permit: 'member',
  params: about,
  async render({ app, actor }, { pair }) {
    if (!actor || !(await unlessGone(app.buddies.buddy(actor, pair)))) return undefined
    return say(t('buddies.told.both'), button(t('buddies.title'), buddyDoor, { pair }, 'main'), readers)
  },
})
