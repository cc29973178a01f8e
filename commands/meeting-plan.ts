// For who leads a group: planning a meeting, changing it, calling it off.
import { defineAction, defineForm } from '../src/bot.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, say, small, update } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { onGroup } from './words/group-doors.ts'
import { backToMeeting, onMeeting, onScope, toMeetings } from './words/meeting-doors.ts'

const fields = {
  day: f.date(t('meetings.form.day')),
  time: f.time(t('meetings.form.time'), { hint: t('reminders.time.hint') }),
  minutes: f.whole(t('meetings.form.minutes'), { min: 10, max: 240 }),
  topic: f.optional(f.text(t('meetings.form.topic'), { max: 80 })),
} as const
const readers = small(t('meetings.readers.plan'))

export const planMeeting = defineAction({
  id: 'mt.new',
  permit: 'staff',
  params: onGroup,
  async run({ app, actor }, params) {
    await app.groups.led(actor, params.group)
    return open(planForm, actor, { ...params, meeting: app.newId() }, { minutes: 60, often: 'weekly' })
  },
})

export const planForm = defineForm({
  id: 'mt.plan',
  title: t('meetings.plan.title'),
  readers: t('meetings.readers.plan'),
  permit: 'staff',
  hears: 'group',
  params: onGroup.extend(onMeeting.shape),
  fields: {
    ...fields,
    often: f.choice(
      t('meetings.form.often'),
      (['weekly', 'once'] as const).map((value) => ({ value, label: t(`meetings.often.${value}`) })),
    ),
  },
  async run({ app, actor, now }, { often, ...input }, { group, meeting }) {
    const { name } = await app.meetings.plan(actor, group, meeting, input, often === 'weekly', now)
    return say(t('meetings.plan.done', { name }), toMeetings, readers)
  },
})

export const changeMeeting = defineAction({
  id: 'mt.edit',
  permit: 'staff',
  params: onScope,
  async run({ app, actor }, params) {
    const filled = await app.meetings.filledFor(actor, params.meeting)
    return open(changeForm, actor, params, filled)
  },
})

export const changeForm = defineForm({
  id: 'mt.change',
  title: t('meetings.change.title'),
  readers: t('meetings.readers.plan'),
  permit: 'staff',
  hears: 'group',
  params: onScope,
  fields,
  async run({ app, actor, now }, input, { meeting, scope }) {
    await app.meetings.change(actor, meeting, input, scope, now)
    return say(t('meetings.change.done'), toMeetings, readers)
  },
})

export const askCancel = defineAction({
  id: 'mt.off',
  permit: 'staff',
  params: onScope,
  async run({ app, actor }, params) {
    await app.meetings.see(actor, params.meeting)
    return update(
      t('meetings.cancel.sure'),
      button(t('meetings.cancel.yes'), cancelForSure, params, 'careful'),
      backToMeeting(params.meeting),
      readers,
    )
  },
})

export const cancelForSure = defineAction({
  id: 'mt.gone',
  permit: 'staff',
  params: onScope,
  async run({ app, actor, now }, { meeting, scope }) {
    const { name } = await app.meetings.cancel(actor, meeting, scope, now)
    return update(t('meetings.cancel.done', { name }), toMeetings, readers)
  },
})
